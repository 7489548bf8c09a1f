// The page of demo people: their codes, big enough to be scanned from the screen, and what the gate should say to each.
// Made on the server; `page.js` only opens a code full screen and renews the live one.
import { html } from 'hono/html'
import { people, type Expected, type Person } from './people.ts'

type Html = ReturnType<typeof html>

/** The tone of the right answer, as the gate's own `data-tone` has it; `none` for no verdict. */
const TONES = { refused: 'dark', unsure: 'grey', unreadable: 'none' } satisfies Record<
  Exclude<Expected['kind'], 'verified'>,
  string
>
const COLOURS = ['red', 'amber', 'green'] as const

const toneOf = (expect: Expected): string => (expect.kind === 'verified' ? COLOURS[expect.status] : TONES[expect.kind])

const picture = ({ id, name }: Person): Html =>
  html`<img src="/demo/people/${id}.svg" data-person="${id}" width="320" height="320" alt="QR code of ${name}" />`

const outcome = ({ expect, shows }: Person): Html =>
  html`<p class="outcome"><span class="tone" data-tone="${toneOf(expect)}"></span>Gate shows: ${shows}</p>`

const card = (person: Person): Html => html`
  <li class="card">
    <a class="code" href="/demo/people/${person.id}.svg" data-open="${person.id}" aria-haspopup="dialog">
      ${picture(person)}
      <span class="enlarge">Show ${person.name}’s code full screen</span>
    </a>
    <h3>${person.name}</h3>
    <p>${person.about}</p>
    ${outcome(person)}
    <p><a href="/demo/people/${person.id}.png" download="${person.id}.png">Save picture</a></p>
  </li>
`

const fullScreen = (person: Person, before: Person | undefined, after: Person | undefined): Html => html`
  <dialog id="${person.id}" aria-labelledby="${person.id}-name">
    <header>
      <h2 id="${person.id}-name">${person.name}</h2>
      ${outcome(person)}
    </header>
    <div class="code">${picture(person)}</div>
    ${person.live ? html`<p role="status" data-live-note>Renewed every 30 seconds.</p>` : ''}
    <footer>
      <button type="button" data-open="${before?.id ?? ''}">Previous</button>
      <button type="button" data-close>All people</button>
      <button type="button" data-open="${after?.id ?? ''}" autofocus>Next</button>
    </footer>
  </dialog>
`

/**
 * The whole page.
 * @param device how to open it on a second device, in words
 */
export function peoplePage(device: Html): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Demo people · KYC-VS Gate</title>
        <link rel="icon" href="/demo/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/demo/page.css" />
        <script type="module" src="/demo/page.js"></script>
      </head>
      <body>
        <main>
          <header class="top">
            <h1>KYC-VS Gate: the demo</h1>
            <ol class="steps">
              <li>
                <h2>Open the gate</h2>
                <p><a class="button" href="/gate/" target="_blank" rel="noopener">Open the gate</a></p>
                <p>It opens in a tab of its own. Let it use the camera.</p>
              </li>
              <li>
                <h2>Hold one of these up to the camera</h2>
                <p>Open this page on a second device, or save a picture and drop it on the gate. ${device}</p>
              </li>
              <li>
                <h2>Switch the network off, and stop this server</h2>
                <p>The gate still works: reload it, and scan on. The codes on this page stay while it is open.</p>
              </li>
            </ol>
          </header>
          <section aria-labelledby="people">
            <h2 id="people">Demo people</h2>
            <ul class="cards">
              ${people.map(card)}
            </ul>
          </section>
        </main>
        ${people.map((person, at) => fullScreen(person, people.at(at - 1), people[at + 1] ?? people[0]))}
      </body>
    </html>`
}
