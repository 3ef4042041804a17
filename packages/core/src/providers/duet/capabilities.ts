import { takesItems } from '../capabilities.ts'
import type { Capabilities, Evidence, LanguageCapability, PriceModel, TokenPrices } from '../capabilities.ts'
import { primaryTag } from '../speech/voice-choice.ts'
import { voiceExtensions } from './session-split.ts'

/** What a voice brings into a duet. */
export type VoiceCapabilities = Pick<
  Capabilities,
  | 'title'
  | 'outputFormats'
  | 'voices'
  | 'voiceLock'
  | 'otherVoices'
  | 'languages'
  | 'sessionFields'
  | 'sessionExtensions'
  | 'keepAlive'
  | 'price'
  | 'local'
  | 'evidence'
>

const ofVoice = [
  'outputFormats',
  'voices',
  'voiceLock',
  'otherVoices',
] as const satisfies readonly (keyof Capabilities)[]

/** What the duet itself decides. */
const ofDuet = [
  'dialect',
  'interruption',
  'outputModalities',
  'truncation',
  'languages',
  'updatable',
  'sessionFields',
  'sessionExtensions',
  'responseExtensions',
  'keepAlive',
  'price',
  'local',
] as const satisfies readonly (keyof Capabilities)[]

/** Capabilities of a mind and a voice together. The voices and languages are those of now. */
export function duetCapabilities(
  mind: Capabilities,
  voice: VoiceCapabilities,
  title: string | undefined,
): Capabilities {
  const speaks = voice.sessionFields.includes('audio.output.speed')
  const local = mind.local && voice.local
  const merged: Capabilities = {
    ...mind,
    title: title ?? `${mind.title}, spoken by ${voice.title}`,
    description: `${mind.title} thinks and writes; ${voice.title} speaks it sentence by sentence.`,
    dialect: undefined,
    outputFormats: voice.outputFormats,
    interruption: 'native',
    outputModalities: ['audio', 'text'],
    truncation: cutsAnswers(mind) ? 'native' : 'none',
    get voices() {
      return voice.voices
    },
    voiceLock: voice.voiceLock,
    otherVoices: voice.otherVoices,
    get languages() {
      return mergeLanguages(mind.languages, voice.languages)
    },
    updatable: [...new Set([...mind.updatable, 'voice', 'output_modalities'] as const)],
    sessionFields: [
      // The mind's silence is not that of the voice, so its idle time-out would come too early.
      ...mind.sessionFields.filter(
        (field) => field !== 'audio.output.speed' && field !== 'audio.input.turn_detection.idle_timeout_ms',
      ),
      ...(speaks ? (['audio.output.speed'] as const) : []),
    ],
    sessionExtensions: [
      ...mind.sessionExtensions.filter((name) => !isVoiceExtension(name) && name !== 'modalities'),
      ...voice.sessionExtensions.filter(isVoiceExtension),
    ],
    responseExtensions: [
      ...mind.responseExtensions.filter(
        (name) => name !== 'voice' && name !== 'modalities' && name !== 'pre_generated_assistant_message',
      ),
      ...(voice.sessionExtensions.includes('voice') ? (['voice'] as const) : []),
    ],
    keepAlive: mind.keepAlive === 'ping' || voice.keepAlive === 'ping' ? 'ping' : 'none',
    price: mergePrices(mind.price, voice.price),
    local,
    evidence: [],
  }
  if (local) return merged
  // Not spread: voices and languages are those of now.
  return Object.defineProperty(merged, 'evidence', {
    value: mergeEvidence(merged, mind, voice),
    enumerable: true,
  })
}

/** Whether an answer can be cut at the mind: a shorter item takes the place of the whole one. */
export function cutsAnswers(mind: Capabilities): boolean {
  return mind.itemDeletion === 'native' && takesItems(mind)
}

function isVoiceExtension(name: string): name is (typeof voiceExtensions)[number] {
  return voiceExtensions.some((other) => other === name)
}

function mergeLanguages(
  heard: readonly LanguageCapability[],
  spoken: readonly LanguageCapability[],
): readonly LanguageCapability[] {
  const codes = new Set([...heard, ...spoken].map(({ code }) => primaryTag(code)))
  return [...codes].map((code) => {
    const ear = heard.find((language) => primaryTag(language.code) === code)
    const mouth = spoken.find((language) => primaryTag(language.code) === code)
    return {
      code,
      recognition: ear?.recognition ?? 'none',
      speech: mouth?.speech ?? 'none',
      downloads: [
        ...(ear?.recognition === 'download' ? ear.downloads : []),
        ...(mouth?.speech === 'download' ? mouth.downloads : []),
      ],
    }
  })
}

/** The mind's prices with the voice's price of sound; unknown where one of them is. */
function mergePrices(mind: PriceModel, voice: PriceModel): PriceModel {
  if (voice.kind === 'free') return mind
  if (mind.kind === 'unknown' || voice.kind === 'unknown') return { kind: 'unknown' }
  const spoken = voice.byModel['*'] ?? Object.values(voice.byModel)[0]
  const audioOut: TokenPrices = spoken?.audioOut === undefined ? {} : { audioOut: spoken.audioOut }
  if (mind.kind === 'free') return { kind: 'tokens', byModel: { '*': audioOut } }
  return {
    kind: 'tokens',
    byModel: Object.fromEntries(
      Object.entries(mind.byModel).map(([model, { audioOut: _silent, ...prices }]) => [
        model,
        { ...prices, ...audioOut },
      ]),
    ),
  }
}

/** Each leg's evidence for what it brings; what is left is the duet's own, held by its tests. */
function mergeEvidence(
  merged: Capabilities,
  mind: Capabilities,
  voice: VoiceCapabilities,
): readonly Evidence[] {
  const ours: ReadonlySet<keyof Capabilities> = new Set(ofDuet)
  const theirs: ReadonlySet<keyof Capabilities> = new Set(ofVoice)
  const told = [
    ...keep(mind.evidence, (field) => !ours.has(field) && !theirs.has(field)),
    ...keep(voice.evidence, (field) => theirs.has(field)),
  ]
  const covered = new Set(told.flatMap(({ fields }) => fields))
  const own: ReadonlySet<string> = new Set(['title', 'description', 'evidence', ...covered])
  // Checked: the keys of a record of capabilities.
  const fields = Object.keys(merged).filter((field) => !own.has(field)) as (keyof Capabilities)[]
  const source = 'What Parley makes of both backends, held by the tests of the duet.'
  return [...told, { fields, source, date: '2026-11-23', confidence: 'measured' }]
}

function keep(
  evidence: readonly Evidence[],
  holds: (field: keyof Capabilities) => boolean,
): readonly Evidence[] {
  return evidence.flatMap((entry) => {
    const fields = entry.fields.filter(holds)
    return fields.length > 0 ? [{ ...entry, fields }] : []
  })
}
