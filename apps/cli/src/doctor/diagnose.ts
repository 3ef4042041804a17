import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { messageOf } from '../command-failure.ts'
import { repositoryRoot, setting } from '../environment.ts'
import type { Environment } from '../environment.ts'
import { parseGatewayUrl } from '../gateway/gateway-address.ts'
import { useGateway } from '../gateway/use-gateway.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { backendFindings } from './gateway-findings.ts'
import { clockFinding, probeEndpoint } from './network-findings.ts'
import { readSettings, settingsFindings } from './settings-findings.ts'
import type { SettingsReport } from './settings-findings.ts'
import { soundFindings } from './sound-findings.ts'
import {
  dataFolderFinding,
  memoryFinding,
  nodeFinding,
  portFinding,
  timerFinding,
} from './system-findings.ts'

/** What is looked at, and who is told. */
export interface DiagnoseOptions {
  /** A gateway that runs; without it, one is started. */
  readonly gateway?: string | undefined
  readonly key?: string | undefined
  /** Opens a session with each backend. */
  readonly connect: boolean
  readonly environment: Environment
  readonly signal: AbortSignal
  readonly onFinding: (finding: Finding) => void
  readonly onProgress: (text: string) => void
}

const Manifest = z.object({ devDependencies: z.object({ node: z.string() }) })

/** Looks at everything in turn; what cannot be looked at is a finding, too. */
export async function diagnose(options: DiagnoseOptions): Promise<void> {
  const { gateway, environment, signal, onFinding, onProgress } = options
  const report = gateway === undefined ? await readSettings(environment) : undefined
  const steps: readonly (() => Promise<readonly Finding[]>)[] = [
    async () => {
      onProgress('Looking at this machine ...')
      return systemFindings(report, environment)
    },
    async () => (report === undefined ? [] : settingsFindings(report)),
    async () => {
      onProgress('Reaching the endpoints ...')
      return networkFindings(report, gateway)
    },
    async () => (report?.faults.length ? [] : gatewayFindings(options)),
    () => soundFindings(process.platform, environment),
  ]
  for (const step of steps) {
    if (signal.aborted) return
    for (const finding of await step()) onFinding(finding)
  }
}

async function systemFindings(
  report: SettingsReport | undefined,
  environment: Environment,
): Promise<readonly Finding[]> {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')))
  const here = [
    nodeFinding(process.versions.node, manifest.devDependencies.node),
    memoryFinding(process.availableMemory()),
    await timerFinding(),
  ]
  const config = report?.config
  if (config === undefined) return here
  const webPort = setting(environment, 'PARLEY_WEB_PORT')
  return [
    ...here,
    await dataFolderFinding(config.dataDir),
    await portFinding({
      name: 'gateway',
      host: config.host,
      port: config.port,
      setting: 'PARLEY_PORT',
      isFixed: config.portIsFixed,
    }),
    await portFinding({
      name: 'playground',
      host: '127.0.0.1',
      port: Number(webPort ?? 3000),
      setting: 'PARLEY_WEB_PORT',
      isFixed: webPort !== undefined,
    }),
  ]
}

async function networkFindings(
  report: SettingsReport | undefined,
  gateway: string | undefined,
): Promise<readonly Finding[]> {
  const endpoints =
    gateway === undefined
      ? (report?.endpoints ?? [])
      : [{ name: 'gateway', origin: new URL(parseGatewayUrl(gateway)).origin }]
  const probes = await Promise.all(endpoints.map(({ name, origin }) => probeEndpoint(name, origin)))
  const aheadMs = probes.flatMap(({ clockAheadMs }) => clockAheadMs ?? [])
  return [...probes.map(({ finding }) => finding), clockFinding(aheadMs)]
}

async function gatewayFindings(options: DiagnoseOptions): Promise<readonly Finding[]> {
  const { environment, signal, onProgress } = options
  const { ok, problem } = findingsOf('gateway')
  const startedAt = performance.now()
  const lines: string[] = []
  try {
    await using gateway = await useGateway({
      gateway: options.gateway,
      key: options.key,
      environment,
      signal,
      onProgress,
      onLine: (line) => lines.push(line),
    })
    const missing = await gateway.missing()
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const readiness =
      missing.length > 0
        ? problem(
            'ready',
            missing.map(({ name, reason }) => `${name} ${reason}`).join(', '),
            'Wait a little; when it stays, read the log of the gateway.',
          )
        : ok('ready', gateway.isOwn ? `engines and store, ${seconds} s after the start` : 'takes calls')
    onProgress(options.connect ? 'Opening a session with each backend ...' : 'Reading the backends ...')
    return [readiness, ...(await backendFindings(gateway, { connects: options.connect, signal }))]
  } catch (error) {
    const words = [...lines, messageOf(error)].map((line) => line.trim()).join(' ')
    return [
      problem(
        options.gateway === undefined ? 'start' : 'answer',
        words,
        'Correct what it names, then run "parley doctor" again.',
      ),
    ]
  }
}
