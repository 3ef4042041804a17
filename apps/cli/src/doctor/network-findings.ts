import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { get as getHttp } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { get as getHttps } from 'node:https'
import { connect as connectTcp, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { messageOf } from '../command-failure.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'

const { ok, skipped, warning, problem } = findingsOf('network')

/** What came of talking to an endpoint step by step. */
export interface Probe {
  readonly finding: Finding
  /** How far our clock is ahead of the endpoint's, in ms; the endpoint tells whole seconds. */
  readonly clockAheadMs: number | undefined
}

type Step = 'DNS' | 'TCP' | 'TLS' | 'HTTP'

const stepTimeoutMs = 5000

/** Name, connection, certificate and an answer of an endpoint, with the time of each. Sends no key. */
export async function probeEndpoint(name: string, origin: string): Promise<Probe> {
  const url = new URL(origin.replace(/^ws/, 'http'))
  const isSecure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port)
  const times: string[] = []
  let step: Step = 'DNS'

  async function timed<Result>(next: Step, run: () => Promise<Result>): Promise<Result> {
    step = next
    const startedAt = performance.now()
    const result = await withTimeout(run())
    times.push(`${next} ${Math.round(performance.now() - startedAt)} ms`)
    return result
  }

  let tcp: Socket | undefined
  try {
    if (isIP(host) === 0) await timed('DNS', () => lookup(host))
    tcp = connectTcp({ host, port })
    const opened = once(tcp, 'connect')
    await timed('TCP', () => opened)
    if (isSecure) {
      const tls = connectTls({ socket: tcp, ...(isIP(host) === 0 && { servername: host }) })
      const secured = once(tls, 'secureConnect')
      await timed('TLS', () => secured)
    }
    const response = await timed('HTTP', () => answerOf(url))
    return {
      finding: ok(name, `${url.host}: ${times.join(', ')}`),
      clockAheadMs: clockAhead(response.headers.date),
    }
  } catch (error) {
    const done = times.length === 0 ? '' : ` (after ${times.join(', ')})`
    return {
      finding: problem(name, `${url.host}: ${step} failed: ${reasonOf(error)}${done}`, adviceFor(step, host)),
      clockAheadMs: undefined,
    }
  } finally {
    tcp?.destroy()
  }
}

/** What the clocks of the endpoints say about ours. */
export function clockFinding(aheadMs: readonly number[]): Finding {
  if (aheadMs.length === 0) {
    return skipped('clock', 'not compared: no endpoint in the network answered with its time')
  }
  const median = aheadMs.toSorted((a, b) => a - b)[aheadMs.length >> 1] ?? 0
  const seconds = Math.abs(median) / 1000
  // Endpoints tell whole seconds.
  if (seconds < 1) return ok('clock', 'within a second of the endpoints')
  const detail = `${seconds.toFixed(1)} s ${median < 0 ? 'behind' : 'ahead of'} the endpoints, which tell whole seconds`
  const advice = 'Let the system set its clock from the network (timedatectl set-ntp true on Linux).'
  if (seconds > 300) return problem('clock', `${detail}; signing in and certificates fail`, advice)
  return seconds > 10 ? warning('clock', detail, advice) : ok('clock', detail)
}

function answerOf(url: URL): Promise<IncomingMessage> {
  const answered = Promise.withResolvers<IncomingMessage>()
  const get = url.protocol === 'https:' ? getHttps : getHttp
  const request = get(url, { agent: false, timeout: stepTimeoutMs }, (response) => {
    response.destroy()
    answered.resolve(response)
  })
  request.on('error', answered.reject)
  request.on('timeout', () => request.destroy(new Error('no answer in time')))
  return answered.promise
}

function clockAhead(date: string | undefined): number | undefined {
  const theirs = date === undefined ? Number.NaN : Date.parse(date)
  // Their time is cut to whole seconds, half a second on average.
  return Number.isNaN(theirs) ? undefined : Date.now() - theirs - 500
}

async function withTimeout<Result>(running: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('no answer in time')), stepTimeoutMs)
  try {
    return await Promise.race([running, late.promise])
  } finally {
    clearTimeout(timer)
    // The one that lost ends when the socket is destroyed.
    running.catch(() => undefined)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : messageOf(error)
}

function adviceFor(step: Step, host: string): string {
  switch (step) {
    case 'DNS':
      return `Check the spelling of ${host}, and whether this machine has a network and a name server.`
    case 'TCP':
      return 'Check the address and its port, whether the server runs, and whether a firewall is between.'
    case 'TLS':
      return 'Check the certificate of the server; behind a proxy that opens TLS, set NODE_EXTRA_CA_CERTS to its certificate.'
    case 'HTTP':
      return 'Something listens there but does not speak HTTP: check the scheme (http or https) and the port.'
  }
}
