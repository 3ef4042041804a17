import { RealtimeError } from '../../errors.ts'
import type { SessionUpdate } from '../../events/client-events.ts'
import { currentSetup, type Exchange } from './exchange.ts'
import { leftOut } from './left-out.ts'
import { openSession } from './opening.ts'
import { mergedSession, setupChange } from './setup.ts'

/** Takes an update. Throws for what the wire cannot do; what it has no setting for is left out with a warning. */
export function updateSession(exchange: Exchange, { session: config }: SessionUpdate): void {
  const { emit, link, voices } = exchange
  const voice = config.type === 'realtime' ? config.audio?.output?.voice : undefined
  if (voice !== undefined && voices && !(typeof voice === 'string' && voices.has(voice))) {
    throw new RealtimeError('invalid_value', 'Gemini Live has no such voice.', {
      param: 'session.audio.output.voice',
    })
  }
  exchange.session = mergedSession(exchange.session, config)
  for (const param of leftOut(config)) {
    emit({
      type: 'warning',
      warning: {
        code: 'unsupported',
        message: `Gemini Live has no setting for '${param}'. It was left out.`,
        param,
      },
    })
  }
  if (link.phase === 'unset') {
    exchange.unacknowledged++
    return openSession(exchange)
  }
  applySettings(exchange, true)
}

/** Brings the backend to the present settings, by a message where it takes one, else by a new connection. */
export function applySettings(exchange: Exchange, acknowledge: boolean): void {
  const { emit, link, options, push } = exchange
  const setup = currentSetup(exchange)
  const change = setupChange(exchange.setup, setup, options.traits)
  exchange.setup = setup
  if (change.kind === 'message') link.send({ contextUpdate: change.update })
  if (change.kind === 'connection') push({ to: 'connection', leaveWithinMs: undefined })
  if (!acknowledge) return
  if (change.kind === 'connection' || link.phase !== 'ready') exchange.unacknowledged++
  else emit({ type: 'session.updated', session: exchange.session })
}
