import type { Target } from './bench.ts'
import type { Dialect } from './wire.ts'

/** Version of Voice Live that is asked for when the address names none. */
const voiceLiveVersion = '2026-07-15'

/** What the command line says about a server. */
export interface TargetOptions {
  readonly dialect: Dialect
  readonly model?: string | undefined
  readonly key?: string | undefined
  /** `Name: value` each. */
  readonly headers?: readonly string[]
  readonly badKey?: string | undefined
  readonly timeoutMs: number
  /** Left out: no limit. */
  readonly perMinute?: number | undefined
  readonly transcriptionModel?: string | undefined
}

/**
 * The server behind an address. `http` becomes `ws`; an address without a path gets the dialect's, Voice Live's
 * `api-version` is filled in where it is missing. Throws `SyntaxError` for an address or header that is none.
 */
export function targetOf(address: string, options: TargetOptions): Target {
  const { dialect, model, key, badKey } = options
  const url = parseAddress(address)
  if (url.pathname === '/') url.pathname = dialect === 'voice-live' ? '/voice-live/realtime' : '/v1/realtime'
  if (model !== undefined) url.searchParams.set('model', model)
  if (dialect === 'voice-live' && !url.searchParams.has('api-version')) {
    url.searchParams.set('api-version', voiceLiveVersion)
  }
  const own = {
    ...(dialect === 'openai-beta' && { 'openai-beta': 'realtime=v1' }),
    ...Object.fromEntries((options.headers ?? []).map(parseHeader)),
  }
  const isAzure = dialect === 'voice-live' || url.hostname.endsWith('.openai.azure.com')
  const withKey = (value: string) => (isAzure ? { 'api-key': value } : { authorization: `Bearer ${value}` })
  return {
    url: url.href,
    dialect,
    headers: { ...own, ...(key !== undefined && key !== '' && withKey(key)) },
    badHeaders: badKey === undefined ? undefined : { ...own, ...withKey(badKey) },
    timeoutMs: options.timeoutMs,
    perMinute: options.perMinute ?? Number.POSITIVE_INFINITY,
    transcriptionModel:
      options.transcriptionModel ?? (dialect === 'voice-live' ? 'azure-speech' : 'gpt-4o-mini-transcribe'),
  }
}

function parseAddress(address: string): URL {
  if (!URL.canParse(address)) throw new SyntaxError(`${address} is no address; try wss://host/v1/realtime`)
  const url = new URL(address)
  if (url.protocol === 'http:' || url.protocol === 'https:') url.protocol = url.protocol.replace('http', 'ws')
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    throw new SyntaxError(`${address} is no WebSocket address; try wss://host/v1/realtime`)
  }
  return url
}

function parseHeader(header: string): readonly [string, string] {
  const colon = header.indexOf(':')
  if (colon < 1) throw new SyntaxError(`The header ${header} is not "Name: value"`)
  return [header.slice(0, colon).trim().toLowerCase(), header.slice(colon + 1).trim()]
}
