import type { Vote } from '@parley/compare'
import type { Page } from 'playwright-core'

/** Puts votes where the compare view keeps them; the page must have opened its database. */
export function castVotes(page: Page, votes: readonly Vote[]): Promise<void> {
  return page.evaluate(
    (all) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('parley')
        opening.onerror = () => reject(new Error('The database does not open.'))
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('votes', 'readwrite')
          for (const vote of all) transaction.objectStore('votes').put(vote)
          transaction.oncomplete = () => resolve()
        }
      }),
    votes,
  )
}
