/** Text of a page: changes one character in the middle of the signature of the trust list that its database holds. */
export const changeTrustList = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('kycvs-gate')
  opening.addEventListener('error', () => reject(new Error('no database')))
  opening.addEventListener('success', () => {
    const swap = opening.result.transaction('belief', 'readwrite')
    const reading = swap.objectStore('belief').get('held')
    reading.addEventListener('success', () => {
      const { trustList } = reading.result
      const at = trustList.lastIndexOf('.') + 40
      const changed = trustList.slice(0, at) + (trustList[at] === 'A' ? 'B' : 'A') + trustList.slice(at + 1)
      swap.objectStore('belief').put({ ...reading.result, trustList: changed }, 'held')
    })
    swap.addEventListener('complete', () => { opening.result.close(); resolve('changed') })
  })
})`
