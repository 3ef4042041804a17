import type { Law } from '@parley/audio/testing'
import { expect } from 'vitest'
import type { AudioFormatConfig, RealtimeSessionConfig } from '../../events/session-config.ts'
import type { Capabilities, FormatCapability, OptionalSessionField } from '../../providers/capabilities.ts'
import { talkTo, type BackendTalk } from './backend-talk.ts'
import { responseExtensionSamples, sessionExtensionSamples } from './extension-samples.ts'
import { bytesOf, silenceOf, speechOf } from './sounds.ts'
import { isShown, scriptedLaw, type ProviderUnderTest } from './under-test.ts'

/** What a provider declares of settings is taken by the backend, and what it does not declare is not. */
export const settingLaws: readonly Law<ProviderUnderTest>[] = [
  scriptedLaw('hears exactly the sound formats it declares', async ({ provider }, subject) => {
    await using talk = await talkTo(provider)
    const { inputFormats } = provider.capabilities
    for (const format of everyFormat) {
      const declared = has(inputFormats, format)
      if (!isShown(subject, `inputFormats.${format.rate}`, declared)) continue
      // One format after the other.
      // oxlint-disable-next-line no-await-in-loop
      expect(await hears(talk, format), `${format.type} ${format.rate}`).toBe(declared)
    }
  }),

  scriptedLaw('speaks exactly the sound formats it declares', async ({ provider }, subject) => {
    await using talk = await talkTo(provider)
    const { outputFormats } = provider.capabilities
    for (const format of everyFormat) {
      const declared = has(outputFormats, format)
      if (!isShown(subject, `outputFormats.${format.rate}`, declared)) continue
      // One format after the other.
      // oxlint-disable-next-line no-await-in-loop
      expect(await speaks(talk, format), `${format.type} ${format.rate}`).toBe(declared)
    }
  }),

  scriptedLaw('speaks with each voice it declares', async ({ provider }, subject) => {
    await using talk = await talkTo(provider)
    await talk.update({ output_modalities: ['text'] })
    const { voices, otherVoices } = provider.capabilities
    for (const { name } of voices) {
      // One voice after the other.
      // oxlint-disable-next-line no-await-in-loop
      await talk.update({ audio: { output: { voice: name } } })
      // oxlint-disable-next-line no-await-in-loop
      expect((await talk.ask('which voice')).text).toBe(`My voice is ${name}.`)
    }
    if (otherVoices || !isShown(subject, 'otherVoices', false)) return
    expect((await talk.update({ audio: { output: { voice: 'nobody' } } })).refused).toBeDefined()
  }),

  scriptedLaw(
    'keeps its voice once it has spoken, exactly where it declares it',
    async ({ provider }, subject) => {
      const [first, second] = provider.capabilities.voices
      if (!first || !second) return
      const declared = provider.capabilities.voiceLock === 'first-sound'
      if (!isShown(subject, 'voiceLock', declared)) return
      await using talk = await talkTo(provider)
      await talk.update({ audio: { output: { voice: first.name } } })
      await talk.ask('hi')
      const { refused } = await talk.update({ audio: { output: { voice: second.name } } })
      expect(refused !== undefined).toBe(declared)
    },
  ),

  scriptedLaw('knows the transcription models it declares, and no others', async ({ provider }, subject) => {
    const { transcriptionModels } = provider.capabilities
    if (transcriptionModels.length === 0) return
    await using talk = await talkTo(provider)
    for (const model of [...transcriptionModels, 'nobody']) {
      const input = { transcription: { model }, turn_detection: null }
      // One model after the other.
      // oxlint-disable-next-line no-await-in-loop
      const { refused } = await talk.update({ audio: { input } })
      expect(refused === undefined, model).toBe(model !== 'nobody')
    }
    expect(transcriptionModels).toContain(subject.transcriptionModel)
  }),

  scriptedLaw('changes in mid-session exactly what it declares', async ({ provider }, subject) => {
    await using talk = await talkTo(provider)
    await talk.update({ output_modalities: ['text'] })
    await talk.ask('hi')
    for (const [field, session] of entriesOf(changes)) {
      const declared = provider.capabilities.updatable.includes(field)
      if (!isShown(subject, `updatable.${field}`, declared)) continue
      const voice = provider.capabilities.voices.at(-1)?.name
      if (field === 'voice' && voice === undefined) continue
      const change = field === 'voice' ? { audio: { output: { voice: voice ?? '' } } } : session
      // One change after the other.
      // oxlint-disable-next-line no-await-in-loop
      expect((await talk.update(change)).refused === undefined, field).toBe(declared)
    }
  }),

  scriptedLaw('knows exactly the session fields it declares', async ({ provider }, subject) => {
    await using talk = await talkTo(provider)
    for (const [field, [session, path]] of entriesOf(fieldSamples)) {
      const declared = provider.capabilities.sessionFields.includes(field)
      if (!isShown(subject, field, declared)) continue
      // One field after the other.
      // oxlint-disable-next-line no-await-in-loop
      const updated = await talk.update(session)
      const inForce = updated.session !== undefined && isSame(at(updated.session, path), at(session, path))
      expect({ field, inForce, refused: updated.refused }).toMatchObject({ field, inForce: declared })
    }
  }),

  scriptedLaw('knows exactly the session extensions it declares', async ({ provider, upstream }, subject) => {
    await using talk = await talkTo(provider)
    for (const [name, value] of entriesOf(sessionExtensionSamples)) {
      const declared = provider.capabilities.sessionExtensions.includes(name)
      if (!isShown(subject, name, declared)) continue
      // One extension after the other.
      // oxlint-disable-next-line no-await-in-loop
      const { refused } = await talk.update({ extensions: { [name]: value } })
      const taken = refused === undefined && holds(upstream.received.at(-1), value)
      expect({ name, taken, refused }).toMatchObject({ name, taken: declared })
    }
  }),

  scriptedLaw(
    'knows exactly the response extensions it declares',
    async ({ provider, upstream }, subject) => {
      await using talk = await talkTo(provider)
      for (const [name, value] of entriesOf(responseExtensionSamples)) {
        const declared = provider.capabilities.responseExtensions.includes(name)
        if (!isShown(subject, name, declared)) continue
        // One response after the other.
        // oxlint-disable-next-line no-await-in-loop
        const { refused } = await talk.ask('hi', { extensions: { [name]: value } })
        const taken = refused === undefined && holds(upstream.received.at(-1), value)
        expect({ name, taken, refused }).toMatchObject({ name, taken: declared })
      }
    },
  ),
]

const everyFormat = [
  { type: 'audio/pcm', rate: 24_000 },
  { type: 'audio/pcm', rate: 16_000 },
  { type: 'audio/pcm', rate: 8000 },
  { type: 'audio/pcm', rate: 48_000 },
  { type: 'audio/pcmu', rate: 8000 },
  { type: 'audio/pcma', rate: 8000 },
] as const satisfies readonly FormatCapability[]

function has(formats: readonly FormatCapability[], { type, rate }: FormatCapability): boolean {
  return formats.some((format) => format.type === type && format.rate === rate)
}

function configOf({ type, rate }: FormatCapability): AudioFormatConfig {
  return type === 'audio/pcm' ? { type, rate } : { type }
}

/** Whether half a second of speech in this format is heard as such. */
async function hears(talk: BackendTalk, format: FormatCapability): Promise<boolean> {
  const turnDetection = { type: 'server_vad', create_response: false } as const
  const config = configOf(format)
  const { session } = await talk.update({
    audio: { input: { format: config, turn_detection: turnDetection } },
  })
  if (!isSame(at(session, 'audio.input.format'), config)) return false
  for (let part = 0; part < 5; part++) talk.append(speechOf(format, 100))
  for (let part = 0; part < 10; part++) talk.append(silenceOf(format, 100))
  const { audio_start_ms: start } = await talk.next('input_audio_buffer.speech_started')
  const { audio_end_ms: end } = await talk.next('input_audio_buffer.speech_stopped')
  await talk.next('input_audio_buffer.committed')
  // A wrong rate would stretch or shrink the 500 ms (plus what the detector waits).
  return end - start > 400 && end - start < 1700
}

/** Whether the words of an answer, 100 ms each, come in this format. */
async function speaks(talk: BackendTalk, format: FormatCapability): Promise<boolean> {
  const { refused } = await talk.update({ audio: { output: { format: configOf(format) } } })
  if (refused !== undefined) return false
  const before = talk.events.length
  await talk.ask('hi')
  const bytes = talk.events
    .slice(before)
    .reduce(
      (sum, event) => sum + (event.type === 'response.output_audio.delta' ? event.delta.byteLength : 0),
      0,
    )
  return bytes === bytesOf(format, 300)
}

type Setting = Omit<RealtimeSessionConfig, 'type'>

const changes: Readonly<Record<Capabilities['updatable'][number], Setting>> = {
  instructions: { instructions: 'Be brief.' },
  voice: {},
  tools: { tools: [{ type: 'function', name: 'lookup', parameters: { type: 'object', properties: {} } }] },
  turn_detection: { audio: { input: { turn_detection: null } } },
  output_modalities: { output_modalities: ['audio'] },
}

/** For each optional field a session that sets it, and where its value is. */
const fieldSamples: Readonly<Record<OptionalSessionField, readonly [Setting, string]>> = {
  truncation: [{ truncation: { type: 'retention_ratio', retention_ratio: 0.5 } }, 'truncation'],
  reasoning: [{ reasoning: { effort: 'low' } }, 'reasoning'],
  include: [{ include: ['item.input_audio_transcription.logprobs'] }, 'include'],
  max_output_tokens: [{ max_output_tokens: 1000 }, 'max_output_tokens'],
  parallel_tool_calls: [{ parallel_tool_calls: false }, 'parallel_tool_calls'],
  tool_choice: [{ tool_choice: 'none' }, 'tool_choice'],
  'audio.input.noise_reduction': [
    { audio: { input: { noise_reduction: { type: 'far_field' } } } },
    'audio.input.noise_reduction.type',
  ],
  'audio.input.turn_detection.idle_timeout_ms': [
    { audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 6000 } } } },
    'audio.input.turn_detection.idle_timeout_ms',
  ],
  'audio.output.speed': [{ audio: { output: { speed: 1.25 } } }, 'audio.output.speed'],
  instructions: [{ instructions: 'Be brief.' }, 'instructions'],
  prompt: [{ prompt: { id: 'pmpt_1' } }, 'prompt'],
  tracing: [{ tracing: 'auto' }, 'tracing'],
}

function entriesOf<Name extends string, Value>(
  record: Readonly<Record<Name, Value>>,
): readonly (readonly [Name, Value])[] {
  // The records above are literals: they have the keys of their type and no others.
  return Object.entries(record) as [Name, Value][]
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
      value,
    )
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Whether the JSON of `value` is somewhere in that of `event`, as a whole. */
function holds(event: unknown, value: unknown): boolean {
  if (isSame(event, value)) return true
  return (
    typeof event === 'object' && event !== null && Object.values(event).some((inner) => holds(inner, value))
  )
}
