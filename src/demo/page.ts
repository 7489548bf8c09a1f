// The page of demo people: those on the register, who get their codes on the holder's page; what their phones receive; and
// the codes that something is wrong with, big enough to be scanned from the screen. `page.js` opens a code full screen and
// shows the messages.
import { html } from 'hono/html'
import { people, type Expected, type Person } from './people.ts'
import { registered, type Registered } from './register.ts'

type Html = ReturnType<typeof html>

/** The tone of the right answer, as the gate's own `data-tone` has it; `none` for no verdict. */
const TONES = { refused: 'dark', unsure: 'grey', unreadable: 'none' } satisfies Record<
  Exclude<Expected['kind'], 'verified'>,
  string
>
const COLOURS = ['red', 'amber', 'green'] as const

const toneOf = (expect: Expected): string => (expect.kind === 'verified' ? COLOURS[expect.status] : TONES[expect.kind])

/** Only what is wrong is made beforehand: a sound code is got as anybody gets one. */
const faulty = people.filter(({ expect }) => expect.kind !== 'verified')

const picture = ({ id, name }: Person): Html =>
  html`<img src="/demo/people/${id}.svg" data-person="${id}" width="320" height="320" alt="QR code of ${name}" />`

const outcome = (tone: string, shows: string): Html =>
  html`<p class="outcome"><span class="tone" data-tone="${tone}"></span>Gate shows: ${shows}</p>`

const onRegister = ({ name, mobile, about, tone, shows }: Registered): Html => html`
  <li class="card">
    <h3>${name}</h3>
    <p>${about}</p>
    <p>Mobile number: <code>${mobile}</code></p>
    ${outcome(tone, shows)}
    <p><a class="button" href="/me/" target="_blank" rel="noopener">Get the code</a></p>
  </li>
`

const card = (person: Person): Html => html`
  <li class="card">
    <a class="code" href="/demo/people/${person.id}.svg" data-open="${person.id}" aria-haspopup="dialog">
      ${picture(person)}
      <span class="enlarge">Show ${person.name}’s code full screen</span>
    </a>
    <h3>${person.name}</h3>
    <p>${person.about}</p>
    ${outcome(toneOf(person.expect), person.shows)}
    <p><a href="/demo/people/${person.id}.png" download="${person.id}.png">Save picture</a></p>
  </li>
`

const fullScreen = (person: Person, before: Person | undefined, after: Person | undefined): Html => html`
  <dialog id="${person.id}" aria-labelledby="${person.id}-name">
    <header>
      <h2 id="${person.id}-name">${person.name}</h2>
      ${outcome(toneOf(person.expect), person.shows)}
    </header>
    <div class="code">${picture(person)}</div>
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
 * @param booking the address of the ticket office
 */
export function peoplePage(device: Html, booking: string): Html {
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
                <p>It opens in a tab of its own, and works with a camera or without.</p>
              </li>
              <li>
                <h2>Get a code</h2>
                <p>
                  Be one of the people below: type the name and the number that stand there. The OTP arrives further
                  down on this page, and in the terminal.
                </p>
              </li>
              <li>
                <h2>Show the code</h2>
                <p>
                  Take a screenshot of it, and paste it into the gate with Ctrl-V, or drop it there. A live code’s
                  picture is good for a minute.
                </p>
                <p>From a second device, hold it up to the camera. ${device}</p>
              </li>
              <li>
                <h2>Stop this server</h2>
                <p>
                  Ctrl-C in the terminal; switch the network off too. Then reload the gate and scan on. A live code that
                  was kept goes on renewing itself.
                </p>
              </li>
            </ol>
          </header>
          <section aria-labelledby="register">
            <h2 id="register">People on the register</h2>
            <ul class="cards">
              ${registered.map(onRegister)}
            </ul>
          </section>
          <section aria-labelledby="inbox">
            <h2 id="inbox">Their phones</h2>
            <ul class="messages" data-inbox aria-live="polite"></ul>
            <p data-no-messages>No message yet. One arrives here when somebody asks for a code.</p>
          </section>
          <section aria-labelledby="office">
            <h2 id="office">A page that asks</h2>
            <p>
              A ticket office has the question embedded in its own page, on an origin of its own, and gets a signed
              answer.
            </p>
            <p><a class="button" href="${booking}/" target="_blank" rel="noopener">Book a ticket</a></p>
          </section>
          <section aria-labelledby="people">
            <h2 id="people">Codes that something is wrong with</h2>
            <ul class="cards">
              ${faulty.map(card)}
            </ul>
          </section>
        </main>
        ${faulty.map((person, at) => fullScreen(person, faulty.at(at - 1), faulty[at + 1] ?? faulty[0]))}
      </body>
    </html>`
}
