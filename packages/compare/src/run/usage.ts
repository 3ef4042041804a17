import type { Usage } from '@parley/core'
import type { UsageTotals } from './lane-run.ts'

/** Totals with those of one more response; tokens whose kind is not told count as text. */
export function withUsage(totals: UsageTotals | undefined, usage: Usage): UsageTotals {
  const input = usage.input_token_details
  const output = usage.output_token_details
  const cached = input?.cached_tokens_details
  const audioIn = input?.audio_tokens ?? 0
  const audioOut = output?.audio_tokens ?? 0
  const audioCachedIn = cached?.audio_tokens ?? 0
  return {
    textIn: (totals?.textIn ?? 0) + (input?.text_tokens ?? Math.max(0, (usage.input_tokens ?? 0) - audioIn)),
    textCachedIn:
      (totals?.textCachedIn ?? 0) +
      (cached?.text_tokens ?? Math.max(0, (input?.cached_tokens ?? 0) - audioCachedIn)),
    audioIn: (totals?.audioIn ?? 0) + audioIn,
    audioCachedIn: (totals?.audioCachedIn ?? 0) + audioCachedIn,
    textOut:
      (totals?.textOut ?? 0) + (output?.text_tokens ?? Math.max(0, (usage.output_tokens ?? 0) - audioOut)),
    audioOut: (totals?.audioOut ?? 0) + audioOut,
  }
}
