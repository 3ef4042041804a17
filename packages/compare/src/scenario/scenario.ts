import { RealtimeSessionConfig } from '@parley/core'
import * as z from 'zod'

/** Fields of the GA session object, all optional, without `type`. */
export const ScenarioSession = RealtimeSessionConfig.omit({ type: true })
export type ScenarioSession = z.infer<typeof ScenarioSession>

/** Ms, or text such as `800ms`, `2s`, `1.5 s`; read as ms. */
export const Duration = z.union([
  z.number().min(0),
  z
    .string()
    .regex(/^\d+(\.\d+)?\s*(ms|s)$/, 'Expected ms as a number, or text such as 800ms or 2s.')
    .transform((text) => Number.parseFloat(text) * (text.endsWith('ms') ? 1 : 1000)),
])

/** Noise laid under speech, at a level below it in dB. */
export const Noise = z.strictObject({
  kind: z.enum(['white', 'pink', 'babble']),
  snr_db: z.number().min(-10).max(60),
})

/** Speech of the person: `say` is what is spoken (and the script recognition is judged by); a file speaks it instead of the local voice. */
const spoken = {
  voice: z.string().optional(),
  file: z.string().optional(),
  noise: Noise.optional(),
}

/** Speaks; pauses are cut into the speech where the text has `[pause 2s]`. */
export const SayStep = z.strictObject({ say: z.string().min(1), ...spoken })

/** Sends a typed message and asks for an answer. */
export const TypeStep = z.strictObject({ type: z.string().min(1) })

/** Waits for the end of the answer as heard, for its first sound, or for a time. */
export const WaitStep = z.strictObject({ wait: z.union([z.enum(['answer', 'first_sound']), Duration]) })

/** Speaks while the answer sounds: `after` ms of it have been heard. */
export const InterruptStep = z.strictObject({
  interrupt: z.string().min(1),
  after: Duration.default(1000),
  ...spoken,
})

/** Speaks without wanting the floor ("mhm"): a good backend goes on. */
export const BackchannelStep = z.strictObject({
  backchannel: z.string().min(1),
  after: Duration.default(1000),
  ...spoken,
})

/** Sends silence. */
export const SilenceStep = z.strictObject({ silence: Duration })

/**
 * Expects within a time from the end of the last speech or text: words in the answer (each is a regular expression
 * without flags, case does not matter), words heard in the transcript, a tool call, or that nothing is answered.
 */
export const ExpectStep = z.strictObject({
  expect: z.strictObject({
    words: z.array(z.string()).optional(),
    heard: z.array(z.string()).optional(),
    tool: z.string().optional(),
    arguments: z.record(z.string(), z.unknown()).optional(),
    no_answer: z.boolean().optional(),
    within: Duration.default(10_000),
  }),
})

/** One step. Unknown keys are errors. */
export const Step = z.union([
  SayStep,
  TypeStep,
  WaitStep,
  InterruptStep,
  BackchannelStep,
  SilenceStep,
  ExpectStep,
])
export type Step = z.infer<typeof Step>

/** A tool the backend may call, with the result it is given. */
export const ScenarioTool = z.strictObject({
  name: z.string(),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  result: z.unknown(),
})

/** A conversation as a script: the same words for every lane. */
export const Scenario = z.strictObject({
  /** Kebab-case; the file's name without its ending. */
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Expected small letters, digits and hyphens, as in barge-in.'),
  title: z.string().min(1),
  description: z.string().default(''),
  /** BCP 47 tag of the person's language. */
  language: z.string().default('en'),
  session: ScenarioSession.default({}),
  tools: z.array(ScenarioTool).default([]),
  steps: z.array(Step).min(1),
})
export type Scenario = z.infer<typeof Scenario>
