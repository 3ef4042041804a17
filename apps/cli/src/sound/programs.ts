import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setting } from '../environment.ts'
import type { Environment } from '../environment.ts'

/** A program of the system that records or plays raw PCM16 mono at 24 kHz. */
export interface SoundProgram {
  readonly command: string
  readonly args: readonly string[]
  /** Players only: takes sound from standard input, or plays one finished WAV file at a time. */
  readonly input: 'stream' | 'file'
  /** What stands before the sound on standard input. */
  readonly header: 'none' | 'wav'
}

/** Programs this machine could have, best first, and how to get one. */
export interface SoundPrograms {
  readonly recorders: readonly SoundProgram[]
  readonly players: readonly SoundProgram[]
  readonly help: string
}

const raw = { input: 'stream', header: 'none' } as const

const soxFormat = ['-q', '--buffer', '960', '-t', 'raw', '-r', '24000', '-e', 'signed', '-b', '16', '-c', '1']

const alsaFormat = ['-q', '-t', 'raw', '-f', 'S16_LE', '-c', '1', '-r', '24000']

function ffmpegRecorder(input: readonly string[]): SoundProgram {
  const output = ['-ac', '1', '-ar', '24000', '-f', 's16le', '-flush_packets', '1', '-']
  return {
    ...raw,
    command: 'ffmpeg',
    args: ['-hide_banner', '-loglevel', 'error', '-nostdin', ...input, ...output],
  }
}

/** Options for raw sound differ between versions of ffplay; a WAV header says the same to all. */
const ffplay: SoundProgram = {
  command: 'ffplay',
  args: [
    '-hide_banner',
    '-loglevel',
    'error',
    '-nodisp',
    '-autoexit',
    '-fflags',
    'nobuffer',
    '-f',
    'wav',
    '-i',
    '-',
  ],
  input: 'stream',
  header: 'wav',
}

const soxRecorder = { ...raw, command: 'rec', args: [...soxFormat, '-'] }

const soxPlayer = { ...raw, command: 'play', args: [...soxFormat, '-'] }

/** The programs for a platform. `microphone` is the name of a device, which Windows needs and others take. */
export function soundPrograms(platform: NodeJS.Platform, microphone?: string): SoundPrograms {
  if (platform === 'darwin') {
    return {
      recorders: [soxRecorder, ffmpegRecorder(['-f', 'avfoundation', '-i', `:${microphone ?? 'default'}`])],
      players: [soxPlayer, ffplay, { command: 'afplay', args: [], input: 'file', header: 'wav' }],
      help: 'Install sox ("brew install sox") or ffmpeg ("brew install ffmpeg").',
    }
  }
  if (platform === 'win32') {
    return {
      recorders:
        microphone === undefined ? [] : [ffmpegRecorder(['-f', 'dshow', '-i', `audio=${microphone}`])],
      players: [ffplay],
      help: 'Install ffmpeg ("winget install ffmpeg"), then name the microphone with --microphone; "ffmpeg -list_devices true -f dshow -i dummy" lists them.',
    }
  }
  const device = microphone === undefined ? [] : ['-D', microphone]
  return {
    recorders: [
      { ...raw, command: 'arecord', args: [...alsaFormat, ...device] },
      ...(microphone === undefined ? [soxRecorder] : []),
      ffmpegRecorder(['-f', 'alsa', '-i', microphone ?? 'default']),
    ],
    players: [{ ...raw, command: 'aplay', args: alsaFormat }, soxPlayer, ffplay],
    help: 'Install alsa-utils, sox or ffmpeg, for example "sudo apt install alsa-utils".',
  }
}

/** The first of some programs that is installed. */
export function firstInstalled(
  programs: readonly SoundProgram[],
  environment: Environment,
): SoundProgram | undefined {
  return programs.find(({ command }) => findProgram(command, environment) !== undefined)
}

/** Path of a program, as a shell would find it. */
export function findProgram(command: string, environment: Environment): string | undefined {
  const ends = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  const folders = (setting(environment, 'PATH') ?? setting(environment, 'Path') ?? '').split(delimiter)
  return folders
    .flatMap((folder) => ends.map((end) => join(folder, command + end)))
    .find((path) => isExecutable(path))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
