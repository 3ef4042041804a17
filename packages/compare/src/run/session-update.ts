import type { SessionUpdate } from '@parley/core'
import type { Lane } from '../lane.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { trackRate } from './lane-run.ts'

const pcm = { type: 'audio/pcm', rate: trackRate } as const

/**
 * The settings of a lane: spoken answers, a transcript of the person, the scenario's session, the lane's over it.
 * Sound is always PCM16 at `trackRate`.
 */
export function sessionUpdateFor(lane: Lane, scenario: Scenario | undefined): SessionUpdate {
  const language = scenario?.language.split('-')[0]
  const tools = scenario?.tools.map(({ name, description, parameters }) => ({
    type: 'function' as const,
    name,
    description,
    parameters,
  }))
  const base = {
    output_modalities: ['audio'],
    audio: { input: { transcription: { ...(language !== undefined && { language }) } } },
    ...(tools && tools.length > 0 && { tools }),
  }
  const asked = [scenario?.session ?? {}, lane.session].reduce<unknown>(laidOver, base)
  const formats = { audio: { input: { format: pcm }, output: { format: pcm } } }
  // Every layer was checked against the schema of a session, and laying one over the other keeps their shapes.
  return {
    type: 'session.update',
    session: laidOver(asked, { type: 'realtime', ...formats }) as SessionUpdate['session'],
  }
}

/** Fields of `top` over those of `below`; objects of another `type`, lists and `null` replace. */
export function laidOver(below: unknown, top: unknown): unknown {
  if (!isRecord(below) || !isRecord(top)) return top
  if (below['type'] !== undefined && top['type'] !== undefined && below['type'] !== top['type']) return top
  const merged: Record<string, unknown> = { ...below }
  for (const [key, value] of Object.entries(top)) {
    if (value !== undefined) merged[key] = laidOver(merged[key], value)
  }
  return merged
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
