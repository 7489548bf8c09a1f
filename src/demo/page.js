// Opens a code full screen, walks from one to the next, and shows the messages that the demo people's phones receive.

const LOOK_MS = 1500

/** @param {string | undefined} id */
function show(id) {
  document.querySelector('dialog[open]')?.close()
  if (id) document.getElementById(id)?.showModal()
}

document.addEventListener('click', (event) => {
  const control = event.target.closest('[data-open], [data-close]')
  if (!control) return
  event.preventDefault()
  show(control.dataset.open)
})

document.addEventListener('keydown', (event) => {
  const dialog = document.querySelector('dialog[open]')
  if (!dialog || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
  const [before, after] = dialog.querySelectorAll('button[data-open]')
  show((event.key === 'ArrowLeft' ? before : after).dataset.open)
})

const inbox = document.querySelector('[data-inbox]')

/** @param {{ id: string, to: string, name?: string, text: string }} message */
function entry({ id, to, name, text }) {
  const item = document.createElement('li')
  item.className = 'card'
  item.dataset.message = id
  const heading = document.createElement('h3')
  heading.textContent = name ? `${name}, ${to}` : to
  const words = document.createElement('p')
  words.textContent = text
  item.append(heading, words)
  return item
}

async function look() {
  if (document.hidden) return
  try {
    const messages = await (await fetch('/demo/inbox.json')).json()
    const shown = new Set([...inbox.children].map(({ dataset }) => dataset.message))
    const fresh = messages.filter(({ id }) => !shown.has(id))
    inbox.prepend(...fresh.map(entry))
    document.querySelector('[data-no-messages]').hidden = inbox.children.length > 0
  } catch {
    // The server has stopped: what arrived stays on the page.
  }
}

setInterval(look, LOOK_MS)
document.addEventListener('visibilitychange', look)
void look()
