import { base64ToBytes, bytesToBase64, int16ToPcm16, pcm16ToInt16 } from '@parley/audio'
import type { PriceModel, TokenPrices } from '@parley/core'
import * as z from 'zod'
import type { Comparison } from '../run/comparison.ts'
import { trackRate, type LaneRun, type Segment } from '../run/lane-run.ts'
import { Scenario, ScenarioSession } from '../scenario/scenario.ts'
import { MarkSchema } from './mark-schema.ts'

/** Name and version of the format; what reads it refuses any other. */
export const comparisonFormat = 'parley.comparison/1'

/**
 * A comparison as JSON: all facts, from which every measure can be computed again. Sound is base64 of little-endian
 * PCM16 at 24 kHz; with `audio: false` each segment keeps its place and length and no sample. `repeat` and `step`
 * count from 0, as the fields they are; stopped and failed runs are there with their `outcome`.
 */
export function toJson(comparison: Comparison, { audio }: { readonly audio: boolean }): string {
  const segment = ({ at, samples, responseId }: Segment): z.input<typeof SegmentSchema> => ({
    at,
    durationMs: (samples.length / trackRate) * 1000,
    ...(audio && { samples: bytesToBase64(int16ToPcm16(samples)) }),
    ...(responseId !== undefined && { responseId }),
  })
  const runs = comparison.runs.map((run) => ({
    ...run,
    input: run.input.map(segment),
    output: run.output.map(segment),
  }))
  return JSON.stringify({ format: comparisonFormat, sampleRate: trackRate, audio, ...comparison, runs })
}

/** A text is no comparison; the message says where and why. */
export class ComparisonFormatError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ComparisonFormatError'
  }
}

/**
 * Reads what `toJson` wrote and checks all of it; sound that was left out is silence of its length. Throws
 * `ComparisonFormatError` for anything else, another version included.
 */
export function parseComparison(json: string): Comparison {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (cause) {
    throw new ComparisonFormatError('Not a comparison: the file is not JSON', { cause })
  }
  const head = z.object({ format: z.string() }).safeParse(value)
  if (head.data?.format !== comparisonFormat) {
    const found = head.success ? `"${head.data.format}"` : 'none'
    throw new ComparisonFormatError(
      `Not a comparison that can be read: expected format "${comparisonFormat}", found ${found}`,
    )
  }
  const result = ComparisonSchema.safeParse(value)
  if (!result.success) {
    const [issue] = result.error.issues
    const place = issue === undefined || issue.path.length === 0 ? 'its top' : issue.path.join('.')
    throw new ComparisonFormatError(`Not a valid comparison: ${issue?.message ?? 'unknown'} at ${place}`, {
      cause: result.error,
    })
  }
  return result.data
}

const SegmentSchema = z
  .object({
    at: z.number(),
    durationMs: z
      .number()
      .min(0)
      .max(24 * 3600 * 1000),
    samples: z.string().optional(),
    responseId: z.string().optional(),
  })
  .transform(({ at, durationMs, samples, responseId }, context): Segment => {
    try {
      return {
        at,
        samples:
          samples === undefined
            ? new Int16Array(Math.round((durationMs * trackRate) / 1000))
            : pcm16ToInt16(base64ToBytes(samples)),
        ...(responseId !== undefined && { responseId }),
      }
    } catch {
      context.addIssue({ code: 'custom', message: 'samples are not base64', path: ['samples'] })
      return z.NEVER
    }
  })

const LaneSchema = z.object({
  label: z.string(),
  backend: z.string(),
  model: z.string(),
  session: ScenarioSession,
})

const tokenPrice = z.number().min(0).exactOptional()

const PricesSchema: z.ZodType<TokenPrices> = z.object({
  textIn: tokenPrice,
  textCachedIn: tokenPrice,
  textOut: tokenPrice,
  audioIn: tokenPrice,
  audioCachedIn: tokenPrice,
  audioOut: tokenPrice,
  imageIn: tokenPrice,
  imageCachedIn: tokenPrice,
})

const PriceSchema: z.ZodType<PriceModel> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('free') }),
  z.object({ kind: z.literal('tokens'), byModel: z.record(z.string(), PricesSchema) }),
  z.object({ kind: z.literal('unknown') }),
])

const tokens = z.number().min(0)

const RunSchema = z
  .object({
    lane: LaneSchema,
    repeat: z.int().min(0),
    startedAt: z.number(),
    durationMs: z.number().min(0),
    outcome: z.enum(['completed', 'stopped', 'failed']),
    problem: z.object({ code: z.string(), message: z.string() }).exactOptional(),
    marks: z.array(MarkSchema),
    input: z.array(SegmentSchema),
    output: z.array(SegmentSchema),
    expectations: z.array(
      z.object({
        step: z.int().min(0),
        met: z.boolean(),
        expected: z.string(),
        found: z.string(),
        atMs: z.number().exactOptional(),
      }),
    ),
    usage: z
      .object({
        textIn: tokens,
        textCachedIn: tokens,
        audioIn: tokens,
        audioCachedIn: tokens,
        textOut: tokens,
        audioOut: tokens,
      })
      .optional(),
    price: PriceSchema,
    model: z.string(),
  })
  .transform((run): LaneRun => ({ ...run, usage: run.usage }))

const ComparisonSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    createdAt: z.number(),
    scenario: Scenario.optional(),
    lanes: z.array(LaneSchema),
    repeats: z.int().min(0),
    order: z.enum(['together', 'in turn']),
    status: z.enum(['running', 'completed', 'stopped']),
    runs: z.array(RunSchema),
  })
  .transform((comparison): Comparison => ({ ...comparison, scenario: comparison.scenario }))
