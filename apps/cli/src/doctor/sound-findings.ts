import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Environment } from '../environment.ts'
import { findProgram, firstInstalled, soundPrograms } from '../sound/programs.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'

const { ok, warning } = findingsOf('sound')

/** Sound devices of this machine, `undefined` where there is no way to ask. */
export interface SoundDevices {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** Microphone and speaker: the programs `parley talk` would use, and the devices there are. */
export async function soundFindings(
  platform: NodeJS.Platform,
  environment: Environment,
): Promise<readonly Finding[]> {
  const programs = soundPrograms(platform, platform === 'win32' ? 'any' : undefined)
  const devices = await soundDevices(platform, environment)
  const sides = [
    { name: 'microphone', program: firstInstalled(programs.recorders, environment), found: devices?.inputs },
    { name: 'speaker', program: firstInstalled(programs.players, environment), found: devices?.outputs },
  ]
  return sides.map(({ name, program, found }) => {
    if (program === undefined) return warning(name, 'no program for it is installed', programs.help)
    if (found === undefined) return ok(name, `by ${program.command}; devices cannot be listed here`)
    if (found.length > 0) return ok(name, `by ${program.command}: ${found.join('; ')}`)
    return warning(
      name,
      `by ${program.command}, but the system has no device for it`,
      'Plug one in, or talk with typed lines and sound files: parley talk --in question.wav --out answer.wav.',
    )
  })
}

async function soundDevices(
  platform: NodeJS.Platform,
  environment: Environment,
): Promise<SoundDevices | undefined> {
  if (platform === 'linux') {
    const server = await pulseDevices(environment)
    return server ?? parseAlsaDevices(await readFile('/proc/asound/pcm', 'utf8').catch(() => ''))
  }
  if (platform === 'darwin') {
    const listing = await outputOf('system_profiler', ['SPAudioDataType'])
    return listing === undefined ? undefined : parseMacDevices(listing)
  }
  if (platform === 'win32' && findProgram('ffmpeg', environment) !== undefined) {
    const listing = await outputOf('ffmpeg', [
      '-hide_banner',
      '-list_devices',
      'true',
      '-f',
      'dshow',
      '-i',
      'x',
    ])
    return listing === undefined ? undefined : parseDshowDevices(listing)
  }
  return undefined
}

async function pulseDevices(environment: Environment): Promise<SoundDevices | undefined> {
  if (findProgram('pactl', environment) === undefined) return undefined
  const [sources, sinks] = await Promise.all(
    ['sources', 'sinks'].map((kind) => outputOf('pactl', ['list', 'short', kind])),
  )
  if (sources === undefined || sinks === undefined) return undefined
  const names = (listing: string): string[] =>
    listing.split('\n').flatMap((line) => line.split('\t')[1] ?? [])
  return { inputs: names(sources).filter((name) => !name.endsWith('.monitor')), outputs: names(sinks) }
}

/** Reads the kernel's list, with lines such as `00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1`. */
export function parseAlsaDevices(listing: string): SoundDevices {
  const rows = listing.split('\n').map((line) => line.split(':').map((part) => part.trim()))
  const having = (kind: string): string[] =>
    rows.filter((row) => row.some((part) => part.startsWith(kind))).map((row) => row[1] ?? '')
  return { inputs: having('capture'), outputs: having('playback') }
}

/** Reads the sound part of the system report of macOS: a device's name, then its channels each way. */
export function parseMacDevices(listing: string): SoundDevices {
  const inputs: string[] = []
  const outputs: string[] = []
  let name = ''
  for (const line of listing.split('\n').map((text) => text.trim())) {
    if (line.endsWith(':')) name = line.slice(0, -1)
    if (line.startsWith('Input Channels:')) inputs.push(name)
    if (line.startsWith('Output Channels:')) outputs.push(name)
  }
  return { inputs, outputs }
}

/** Reads what ffmpeg lists on Windows: microphones only; what plays is not listed, so one output is taken as there. */
export function parseDshowDevices(listing: string): SoundDevices {
  const inputs = [...listing.matchAll(/"([^"]+)" \(audio\)/g)].map(([, name]) => name ?? '')
  return { inputs, outputs: ['the default device'] }
}

/** Everything a program writes, whatever it ends with; `undefined` when it cannot be started or takes too long. */
async function outputOf(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, [...args], { timeout: 10_000 })
    return stdout + stderr
  } catch (error) {
    const listing = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    return listing.includes('(audio)') ? listing : undefined
  }
}
