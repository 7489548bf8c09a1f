// Opens a person's code full screen, walks from one to the next, and renews the live one. All of it goes on working when
// the server has stopped, but the renewing.

const RENEW_MS = 30_000

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

function renew() {
  const next = new Image()
  const note = document.querySelector('[data-live-note]')
  next.addEventListener('load', () => {
    for (const picture of document.querySelectorAll('img[data-person="live"]')) picture.src = next.src
    note.textContent = 'Renewed every 30 seconds.'
  })
  next.addEventListener('error', () => {
    note.textContent =
      'The server has stopped, so this code is no longer renewed: soon the gate will say that it is not valid.'
  })
  next.src = `/demo/people/live.svg?${Date.now()}`
}

setInterval(renew, RENEW_MS)
// A page in the background is not renewed in time.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) renew()
})
