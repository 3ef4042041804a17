import { mkdtemp, rm, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { waitUntil } from '../clock.ts'
import { addressOf, isGatewayAt } from '../gateway/running-gateway.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'

const { ok, warning, problem } = findingsOf('system')

const mebibyte = 1024 * 1024

/** The version of Node against the pinned one. */
export function nodeFinding(version: string, pinned: string): Finding {
  if (version === pinned) return ok('Node', `${version}, the pinned one`)
  return warning(
    'Node',
    `${version}, but ${pinned} is pinned`,
    'Start with "npm run parley" or "npx parley", which use the pinned Node.',
  )
}

/** Memory that a gateway with its engines can still have, in bytes. The engines take about half a gigabyte. */
export function memoryFinding(available: number): Finding {
  const detail = `${sizeText(available)} available`
  if (available >= 1024 * mebibyte) return ok('memory', detail)
  return warning('memory', detail, 'The local engines need about 500 MB: end other programs, or add memory.')
}

/** Whether the clock that times sound runs forwards, finely and on time. */
export async function timerFinding(now: () => number = () => performance.now()): Promise<Finding> {
  const never = new AbortController().signal
  let last = now()
  let worstMs = 0
  for (let frame = 0; frame < 15; frame += 1) {
    const due = last + 20
    await waitUntil(due, never)
    const at = now()
    if (at < last) {
      return problem('timers', 'the monotonic clock ran backwards', 'No measure of time can be trusted here.')
    }
    worstMs = Math.max(worstMs, at - due)
    last = at
  }
  const detail = `frames of 20 ms go out at most ${worstMs.toFixed(1)} ms late`
  if (worstMs <= 10) return ok('timers', detail)
  return warning('timers', detail, 'The machine is busy: comparisons made now would measure it, too.')
}

/** Whether the data folder can be written to and has room. Nothing is left behind. */
export async function dataFolderFinding(folder: string): Promise<Finding> {
  const existing = await nearestExisting(folder)
  try {
    await rm(await mkdtemp(join(existing, '.parley-doctor-')), { recursive: true })
  } catch {
    const advice = 'Give yourself the right to write there, or set PARLEY_DATA_DIR to another folder.'
    return problem('data folder', `${folder} cannot be written to`, advice)
  }
  const { bavail, bsize } = await statfs(existing)
  const free = bavail * bsize
  const detail = `${folder}, ${sizeText(free)} free`
  const advice = 'Make room, or set PARLEY_DATA_DIR to a folder with more of it.'
  if (free < 100 * mebibyte) return problem('data folder', detail, advice)
  if (free < 1024 * mebibyte) return warning('data folder', `${detail}; models take up to 1 GB`, advice)
  return ok('data folder', detail)
}

/** A port that something of ours wants. */
export interface WantedPort {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly setting: string
  /** Nothing else will do. */
  readonly isFixed: boolean
}

/** Whether a port is free, or has a gateway of Parley on it already. */
export async function portFinding({ name, host, port, setting, isFixed }: WantedPort): Promise<Finding> {
  const title = `port of the ${name}`
  if (port === 0) return ok(title, 'any free one')
  if (await isFree(host, port)) return ok(title, `${port} is free`)
  if (await isGatewayAt(addressOf(host, port))) return ok(title, `${port} has a running gateway on it`)
  if (!isFixed) return ok(title, `${port} is in use, so the next free one is taken`)
  return problem(
    title,
    `${port} is in use by another program`,
    `End that program, or set ${setting} to another port.`,
  )
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

async function nearestExisting(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory() === true || dirname(folder) === folder) return folder
  return nearestExisting(dirname(folder))
}

function sizeText(bytes: number): string {
  const inMebibytes = bytes / mebibyte
  return inMebibytes >= 1024 ? `${(inMebibytes / 1024).toFixed(1)} GB` : `${Math.round(inMebibytes)} MB`
}
