import { RealtimeError } from '@parley/core'
import type { DialectName } from '@parley/core'
import { offeredProtocols } from './auth.ts'

/** Dialects a client may speak to the gateway. */
export const servedDialects = [
  'openai-ga',
  'openai-beta',
  'voice-live',
] as const satisfies readonly DialectName[]

/** One of them. */
export type ServedDialect = (typeof servedDialects)[number]

/** Path of the Voice Live SDK; its endpoint's own path is lost, so it is always this one. */
const voiceLivePath = /^\/voice-live\/realtime(?=\/|$)/

/** Path of the Azure preview, which has an `api-version`; the one of GA begins with `/openai/v1`. */
const azurePreviewPath = /^\/openai\/realtime(?=\/|$)/

/**
 * The dialect a realtime request is written in: what `?dialect=` says, else what its path, its `OpenAI-Beta`
 * header or its subprotocols show, else GA. Throws `invalid_value` for a dialect that is not served.
 */
export function chooseDialect({ url, headers }: Pick<Request, 'url' | 'headers'>): ServedDialect {
  const { pathname, searchParams } = new URL(url)
  const asked = searchParams.get('dialect')
  if (asked !== null && asked !== '') return parseDialect(asked)
  const path = singleSlashes(pathname)
  if (voiceLivePath.test(path)) return 'voice-live'
  const showsBeta =
    headerList(headers.get('openai-beta')).includes('realtime=v1') ||
    offeredProtocols(headers.get('sec-websocket-protocol')).includes('openai-beta.realtime-v1') ||
    (azurePreviewPath.test(path) && searchParams.has('api-version'))
  return showsBeta ? 'openai-beta' : 'openai-ga'
}

/**
 * The path that is routed: clients double slashes, put `/openai` or `/voice-live` before the realtime address
 * (Azure's forms), or leave `/v1` out of it.
 */
export function routedPath({ url }: Pick<Request, 'url'>): string {
  const path = singleSlashes(new URL(url).pathname)
  if (path.startsWith('/openai/v1/')) return path.slice('/openai'.length)
  return path
    .replace(voiceLivePath, '/v1/realtime')
    .replace(azurePreviewPath, '/v1/realtime')
    .replace(/^\/openai\/realtimeapi(?=\/)/, '/v1/realtime')
    .replace(/^\/realtime(?=\/|$)/, '/v1/realtime')
}

function parseDialect(name: string): ServedDialect {
  const served = servedDialects.find((candidate) => candidate === name)
  if (served !== undefined) return served
  throw new RealtimeError('invalid_value', `The dialect is one of ${servedDialects.join(', ')}.`, {
    param: 'dialect',
  })
}

function singleSlashes(path: string): string {
  return path.replaceAll(/\/{2,}/g, '/')
}

function headerList(value: string | null): readonly string[] {
  return (value ?? '').split(',').map((part) => part.trim())
}
