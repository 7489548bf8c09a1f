// The ticket office's page: takes the answer that <kyc-vs> gives, and hands it to its own server, which alone judges it.

const question = document.querySelector('kyc-vs')
const outcome = document.querySelector('[data-outcome]')

question.addEventListener('kyc-vs', async ({ detail }) => {
  const response = await fetch('/book', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: detail.token }),
  })
  const { booked, words } = await response.json()
  // It was answered: what comes of it stands where it stood.
  if (response.ok) question.remove()
  outcome.dataset.outcome = booked ? 'booked' : 'not-booked'
  outcome.textContent = words
})
