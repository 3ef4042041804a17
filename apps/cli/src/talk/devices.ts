import type { Environment } from '../environment.ts'
import { firstInstalled, soundPrograms } from '../sound/programs.ts'
import { programMicrophone } from './microphone.ts'
import type { Microphone } from './microphone.ts'
import type { TalkRequest } from './options.ts'
import { programSink, silentSink } from './speaker.ts'
import type { SpeakerSink } from './speaker.ts'

/** Microphone and speaker of a conversation. */
export interface Devices {
  /** `undefined` where nothing records. */
  readonly microphone: Microphone | undefined
  readonly sink: SpeakerSink
  /** The microphone hears the speaker. */
  readonly isHalfDuplex: boolean
  /** What a person should know about them. */
  readonly notes: readonly string[]
}

/** What a conversation hears and speaks with; `played` stands in for the microphone. */
export function devicesFor(
  request: TalkRequest,
  environment: Environment,
  {
    played,
    onSpeakerGone,
  }: { readonly played: Microphone | undefined; readonly onSpeakerGone: (command: string) => void },
): Devices {
  if (request.isText) return { microphone: undefined, sink: silentSink, isHalfDuplex: false, notes: [] }
  const programs = soundPrograms(process.platform, request.microphone)
  const recorder = played === undefined ? firstInstalled(programs.recorders, environment) : undefined
  // Who has the answer written to a file from a file wants no sound here.
  const isQuiet = played !== undefined && request.output !== undefined
  const player = isQuiet ? undefined : firstInstalled(programs.players, environment)
  const isHalfDuplex = recorder !== undefined && player !== undefined && !request.hasHeadphones
  const notes: string[] = []
  if (played === undefined && recorder === undefined) {
    notes.push(`There is no program that records here, so type what you want to say. ${programs.help}`)
  }
  if (!isQuiet && player === undefined) {
    notes.push(`There is no program that plays sound here, so answers are only shown. ${programs.help}`)
  }
  if (recorder !== undefined) notes.push(`Microphone: ${recorder.command}. Speak, or type a line.`)
  if (isHalfDuplex) {
    notes.push(
      'The microphone rests while an answer sounds, because it would hear it: interrupt with Enter. With headphones, give --headphones and interrupt by speaking.',
    )
  }
  return {
    microphone: played ?? (recorder && programMicrophone(recorder)),
    sink: player === undefined ? silentSink : programSink(player, onSpeakerGone),
    isHalfDuplex,
    notes,
  }
}
