// Entry of every engine child process: loads one engine module and answers the parent until it goes away.
import type { Engine, EngineCommand, EngineEvent, EngineModule } from './engine-protocol.ts'

const send = (event: EngineEvent<unknown>): void => {
  if (process.connected) process.send?.(event)
}
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const running = new Map<number, AbortController>()
let engine: Engine<unknown, unknown> | undefined
let stopping = false

async function start(command: Extract<EngineCommand<unknown>, { type: 'start' }>): Promise<void> {
  try {
    // The parent names modules of this package only, and each exports `startEngine`.
    const loaded = (await import(command.module)) as EngineModule<unknown, unknown, unknown>
    engine = await loaded.startEngine(command.options)
    send({ type: 'ready' })
  } catch (error) {
    send({ type: 'start_failed', reason: reasonOf(error) })
  }
}

async function run(id: number, request: unknown): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  try {
    if (engine === undefined) throw new Error('The engine is not ready.')
    const answer = engine.run(request, controller.signal)
    if (answer instanceof Promise) {
      send({ type: 'end', id, parts: [await answer] })
    } else {
      for await (const part of answer) {
        send({ type: 'part', id, part })
        if (controller.signal.aborted) break
      }
      send({ type: 'end', id, parts: [] })
    }
  } catch (error) {
    send({ type: 'failed', id, reason: reasonOf(error) })
  } finally {
    running.delete(id)
    if (stopping && running.size === 0) process.exit(0)
  }
}

function stop(): void {
  stopping = true
  if (running.size === 0) process.exit(0)
}

process.on('message', (message) => {
  // Only the parent holds the other end of this channel.
  const command = message as EngineCommand<unknown>
  switch (command.type) {
    case 'start':
      void start(command)
      break
    case 'run':
      void run(command.id, command.request)
      break
    case 'cancel':
      running.get(command.id)?.abort()
      break
    case 'stop':
      stop()
  }
})
// The parent decides when an engine stops; a terminal's Ctrl-C reaches the whole process group.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => undefined)
process.on('disconnect', () => process.exit(0))
