import { parseLane } from '@parley/compare'
import type { Lane } from '@parley/compare'
import * as z from 'zod'
import { messageOf, usageError } from '../command-failure.ts'

/** What the command line gives, checked. */
export interface TalkRequest {
  readonly lane: Lane
  /** A WAV file, or `-` for standard input; `undefined` for the microphone. */
  readonly input: string | undefined
  /** WAV file for what was heard. */
  readonly output: string | undefined
  /** Typed lines and written answers only. */
  readonly isText: boolean
  /** `conv_...`. */
  readonly conversation: string | undefined
  readonly gateway: string | undefined
  readonly key: string | undefined
  /** The speaker is not heard by the microphone. */
  readonly hasHeadphones: boolean
  /** Device of the recording program. */
  readonly microphone: string | undefined
  /** BCP 47 tag of what is spoken; the backend finds out without it. */
  readonly language: string | undefined
}

const Options = z.object({
  backend: z.string().default('local'),
  in: z.string().optional(),
  out: z.string().optional(),
  text: z.boolean().optional(),
  conversation: z.string().optional(),
  gateway: z.string().optional(),
  key: z.string().optional(),
  headphones: z.boolean().optional(),
  microphone: z.string().optional(),
  language: z.string().optional(),
})

/** Reads what commander collected. Throws a usage error. */
export function talkRequest(given: unknown): TalkRequest {
  const options = Options.parse(given)
  const {
    in: input,
    out: output,
    text,
    conversation,
    gateway,
    key,
    headphones,
    microphone,
    language,
  } = options
  if (text === true && (input !== undefined || output !== undefined)) {
    throw usageError('--text has no sound, so it cannot go with --in or --out.')
  }
  return {
    lane: laneOf(options.backend),
    input,
    output,
    isText: text === true,
    conversation: conversation === undefined ? undefined : conversationId(conversation),
    gateway,
    key,
    hasHeadphones: headphones === true,
    microphone,
    language,
  }
}

/** The id a gateway takes for a name. */
function conversationId(name: string): string {
  const id = name.startsWith('conv_') ? name : `conv_${name}`
  if (/^conv_[\w-]{1,64}$/.test(id)) return id
  throw usageError(
    `"${name}" is no name of a conversation: up to 64 letters, digits, hyphens and underscores.`,
  )
}

function laneOf(text: string): Lane {
  try {
    return parseLane(text)
  } catch (error) {
    throw usageError(messageOf(error))
  }
}
