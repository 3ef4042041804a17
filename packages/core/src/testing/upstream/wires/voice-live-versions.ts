import type { VoiceLiveVersion } from '../rules/voice-live-session.ts'

const order = [
  '2025-05-01-preview',
  '2025-10-01',
  '2026-01-01-preview',
  '2026-04-10',
  '2026-06-01-preview',
  '2026-07-15',
]

/** What an api-version has, `undefined` for one that does not exist. */
export function versionOf(name: string | null): VoiceLiveVersion | undefined {
  if (name === null || !order.includes(name)) return undefined
  const since = (first: string) => order.indexOf(name) >= order.indexOf(first)
  return {
    mcp: since('2026-01-01-preview'),
    interimResponse: since('2026-01-01-preview'),
    preGenerated: since('2026-01-01-preview'),
    autoTruncate: since('2026-01-01-preview'),
    inputText: since('2026-06-01-preview'),
    smartEndOfTurn: name === '2026-06-01-preview',
    image: since('2026-06-01-preview') ? 'image_url' : 'url',
    expiresAt: since('2026-07-15'),
  }
}
