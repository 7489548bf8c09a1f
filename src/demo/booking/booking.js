// The ticket office's page: takes the answer that <kyc-vs> gives, and hands it to its own server, which alone judges it.

const outcome = document.querySelector('[data-outcome]')

document.querySelector('kyc-vs').addEventListener('kyc-vs', async ({ detail }) => {
  const response = await fetch('/book', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: detail.token }),
  })
  const { booked, words } = await response.json()
  outcome.dataset.outcome = booked ? 'booked' : 'not-booked'
  outcome.textContent = words
})
