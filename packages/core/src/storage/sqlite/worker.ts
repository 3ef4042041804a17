import { parentPort, workerData } from 'node:worker_threads'
import { createOperations } from '../sql/operations.ts'
import { closeDatabase, openDatabase } from './database.ts'
import { toFailure, toStoreError } from './failures.ts'
import { createGroupRunner } from './group.ts'
import type { FromThread, ToThread } from './protocol.ts'
import { createWipeSchedule } from './wipe.ts'

if (parentPort === null) throw new Error('This module runs as a worker thread.')
const port = parentPort
const path = String(workerData)

function post(word: FromThread): void {
  port.postMessage(word)
}

try {
  const database = openDatabase(path)
  const wipes = createWipeSchedule(database)
  const operations = createOperations(path)
  const group = createGroupRunner({ database, operations, path, onErased: () => wipes.check() })
  port.on('message', (word: ToThread) => {
    if (word !== 'close') {
      post({ type: 'replies', replies: group.run(word) })
      return
    }
    wipes.stop()
    try {
      closeDatabase(database, path)
    } finally {
      // Nothing else keeps the thread alive, so it ends by itself.
      port.close()
    }
  })
  post({ type: 'open' })
} catch (error) {
  post({ type: 'failed', error: toFailure(toStoreError(error, path)) })
}
