import { holds, same } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { Refused } from '../call.ts'
import type { Answer, Call } from '../call.ts'

/** What models call, and what happens when settings change. */
export const toolScenarios: readonly Scenario[] = [
  {
    id: 'tool-call',
    title: 'Tool call',
    native: ({ tools }) => tools.includes('function'),
    async run({ dial }) {
      using call = await dial()
      await call.update({ tools: ['weather'] })
      const asked = await call.say('call weather')
      same('calls', asked.calls.map(({ name }) => name).join(), 'weather')
      await giveOutputs(call, asked, { weather: 'sunny' })
      call.respond()
      same('answer', (await call.answer()).text, 'The tool said: sunny.')
    },
  },
  {
    id: 'parallel-tools',
    title: 'Parallel tools',
    native: ({ tools }) => tools.includes('function'),
    async run({ dial }) {
      using call = await dial()
      await call.update({ tools: ['weather', 'clock'] })
      const asked = await call.say('call weather and call clock')
      same('calls', asked.calls.map(({ name }) => name).join(), 'weather,clock')
      await giveOutputs(
        call,
        { ...asked, calls: asked.calls.toReversed() },
        { weather: 'sunny', clock: 'noon' },
      )
      call.respond()
      const { text } = await call.answer()
      holds(`the answer is ${text}`, text.includes('sunny') && text.includes('noon'))
    },
  },
  {
    id: 'update-mid-session',
    title: 'Update in mid-session',
    native: ({ updatable }) => updatable.includes('tools'),
    async run({ dial }) {
      using call = await dial()
      same('before', (await call.say('Hello there')).calls.length, 0)
      await call.update({ tools: ['weather'] })
      const asked = await call.say('call weather')
      same('calls', asked.calls.map(({ name }) => name).join(), 'weather')
      await giveOutputs(call, asked, { weather: 'sunny' })
      await call.update({ tools: [] })
      call.respond()
      await call.answer()
      same('calls without tools', (await call.say('call weather')).calls.length, 0)
    },
  },
  {
    id: 'language-switch',
    title: 'Language switch',
    native: () => true,
    async run({ dial }) {
      using call = await dial()
      await call.update({ transcription: true, language: 'en' })
      await call.say('Hello there')
      await call.update({ transcription: true, language: 'de' })
      same('answer', (await call.say('Say it in German')).text, 'Das ist Deutsch.')
    },
  },
  {
    id: 'voice-change',
    title: 'Voice change',
    // The session supplies no voices: it hands the change on, has a new session for it, or refuses it.
    native: () => true,
    async run({ dial, voices: [first, second], spokenBy }) {
      const voiceOf = async (call: Call): Promise<string> => {
        const { text } = await call.say('which voice')
        return spokenBy ? spokenBy() : text.replace(/^My voice is (.*)\.$/, '$1')
      }
      using call = await dial()
      await call.update({ voice: first })
      same('first voice', await voiceOf(call), first)
      call.send(call.wire.update({ voice: second }))
      const changed = await call.until('session.updated').catch((error: unknown) => error)
      if (changed instanceof Error) {
        const code = changed instanceof Refused ? changed.code : changed.message
        holds(`refusal: ${code}`, code === 'cannot_update_voice' || code === 'unsupported')
        same('call goes on', (await call.say('Hello')).text, 'You said: Hello.')
        const end = code === 'unsupported' ? 'conversation begins' : 'first sound'
        return `Before the ${end} only; later the call goes on with the first voice.`
      }
      same('second voice', await voiceOf(call), second)
      return undefined
    },
  },
]

async function giveOutputs(
  call: Call,
  { calls }: Answer,
  outputs: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { name, callId } of calls) {
    await call.add({ type: 'function_call_output', call_id: callId, output: outputs[name] ?? '' })
  }
}
