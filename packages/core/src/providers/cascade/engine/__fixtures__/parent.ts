// A process that starts an engine, prints its process id and waits to be killed.
import { createEnginePool } from '../engine-pool.ts'

const pool = createEnginePool({
  name: 'scripted',
  module: new URL('./scripted-engine.ts', import.meta.url),
  options: {},
  size: 2,
})
await pool.warm()
process.stdout.write(`${JSON.stringify(pool.pids)}\n`)
setInterval(() => undefined, 60_000)
