import { holds, same } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

/** What goes wrong, and how it goes on. */
export const endScenarios: readonly Scenario[] = [
  {
    id: 'error-and-go-on',
    title: 'Error and go on',
    native: () => true,
    clientFault: true,
    async run({ dial }) {
      using call = await dial()
      call.send({ type: 'response.cancel', event_id: 'mine_1' })
      same('cancel', (await call.error()).code, 'response_cancel_not_active')
      call.send({ type: 'conversation.item.truncate', item_id: 'nobody', content_index: 0, audio_end_ms: 0 })
      same('truncate', (await call.error()).code, 'item_truncate_invalid_item_id')
      call.send({ type: 'input_audio_buffer.append', audio: 7 })
      const refused = await call.error()
      same('append', `${refused.code} ${refused.param}`, 'invalid_value audio')
      same('answer', (await call.say('Hello there')).text, 'You said: Hello there.')
    },
  },
  {
    id: 'drop-and-reconnect',
    title: 'Drop and reconnect',
    native: () => true,
    async run({ dial }) {
      {
        using call = await dial()
        await call.say('Hello there')
        await call.addText('drop the line')
        call.respond()
        await call.until('response.created')
        const done = await call.until('response.done').catch(() => call.until('response.done'))
        const { status } = done['response'] as { status?: unknown }
        holds(`the response ended ${String(status)}`, status !== 'completed' && status !== 'in_progress')
      }
      using again = await dial()
      const { text } = await again.say('what did I say')
      holds(`remembered: ${text}`, text.includes('Hello there') && text.includes('drop the line'))
    },
  },
  {
    id: 'session-limit',
    title: 'Session limit',
    native: ({ sessionLimitMinutes }) => sessionLimitMinutes !== 'unknown',
    async run({ dial, capabilities: { sessionLimitMinutes } }) {
      if (sessionLimitMinutes === undefined) return 'This backend has no limit.'
      {
        using call = await dial()
        await call.say('Hello there')
        await call.addText('expire the session')
        call.respond()
        // The answer itself ends the session: it is asked for twice more before that is given up.
        for (let end = 0; end < 3; end += 1) await call.until('parley.session.migrated')
        const { text } = await call.say('what did I say')
        holds(`remembered: ${text}`, text.includes('Hello there'))
      }
      return sessionLimitMinutes === 'unknown' ? 'Whether this backend has a limit is not known.' : undefined
    },
  },
]
