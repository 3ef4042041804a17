import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import * as z from 'zod'
import { reference } from '../src/reference/read-reference.ts'
import { parleyProgram } from './parley-program.ts'
import { readSettingNames } from './setting-names.ts'

const root = join(import.meta.dirname, '../../..')
const scripts = readScripts(root)

/**
 * What is wrong with commands as a person would type them: their syntax, settings and scripts that are not there,
 * commands and options `parley` does not have, addresses the gateway does not answer.
 */
export function shellFaults(code: string): readonly string[] {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' })
  if (status !== 0) return [stderr.trim()]
  const lines = code
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
  return [...unknownSettings(code), ...lines.flatMap((line) => [...scriptFaults(line), ...routeFaults(line)])]
}

function unknownSettings(code: string): readonly string[] {
  const known = new Set(readSettingNames())
  const used = [...code.matchAll(/\bPARLEY_[A-Z0-9_]+\b/g)].map(([name]) => name)
  return used
    .filter((name) => !known.has(name.replace(/^PARLEY_COMPATIBLE_[2-9]_/, 'PARLEY_COMPATIBLE_')))
    .map((name) => `There is no setting ${name}.`)
}

function scriptFaults(line: string): readonly string[] {
  const [, folder, own] = /\bpnpm --filter @parley\/(\w+) ([\w:-]+)/.exec(line) ?? []
  if (folder !== undefined && own !== undefined) {
    return scriptsOf(folder)[own] === undefined ? [`@parley/${folder} has no script ${own}.`] : []
  }
  const [, script] = /\b(?:npm run|pnpm(?: run)?) ([\w:-]+)/.exec(line) ?? []
  if (
    script !== undefined &&
    script !== 'parley' &&
    scripts[script] === undefined &&
    !isPnpmCommand(script)
  ) {
    return [`package.json has no script ${script}.`]
  }
  const [, parley] = /\b(?:npx parley|npm run parley --) (.*)$/.exec(line) ?? []
  return parley === undefined ? [] : parleyFaults(words(parley.split(/\s(?:#|\||>|&&)/)[0] ?? ''))
}

function readScripts(folder: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(folder, 'package.json'), 'utf8')
  return z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text)).scripts
}

/** Scripts of a part of the workspace; none where there is no such part. */
function scriptsOf(name: string): Readonly<Record<string, string>> {
  const folder = ['apps', 'packages'].map((kind) => join(root, kind, name)).find((path) => existsSync(path))
  return folder === undefined ? {} : readScripts(folder)
}

function isPnpmCommand(name: string): boolean {
  return ['install', 'add', 'exec', 'changeset'].includes(name)
}

const program = await parleyProgram()

function parleyFaults(given: readonly string[]): readonly string[] {
  try {
    program.parse(given, { from: 'user' })
    return []
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? [] : [`parley: ${error.message}`]
    throw error
  }
}

/** Words of a command line; quotes hold some together. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  )
}

function routeFaults(line: string): readonly string[] {
  if (!/^curl\b/.test(line)) return []
  const [, path] = /:8787(\/[^\s'"?]*)/.exec(line) ?? []
  const isServed = reference.routes.some((route) => matches(route.path, path ?? ''))
  return path === undefined || isServed ? [] : [`The gateway does not answer ${path}.`]
}

function matches(pattern: string, path: string): boolean {
  // `:id{.+}` stands for one part or more.
  const isOpen = pattern.endsWith('{.+}')
  const parts = pattern.replace(/\{.*\}$/, '').split('/')
  const given = path.split('/')
  const fits = parts.every(
    (part, place) => given[place] !== undefined && (part.startsWith(':') || part === given[place]),
  )
  return fits && (isOpen || parts.length === given.length)
}
