import { readFile, readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseScenario, ScenarioError, scenarioFaults } from '@parley/compare'
import type { Scenario } from '@parley/compare'
import { messageOf, usageError } from '../command-failure.ts'

/** A scenario with where it came from. */
export interface ScenarioFile {
  readonly scenario: Scenario
  readonly path: string
  /** Folder its sound files are in. */
  readonly folder: string
}

/** Folder of the scenarios that come with Parley. */
const shippedFolder = fileURLToPath(new URL('../scenarios/', import.meta.resolve('@parley/compare')))

const ending = /\.(ya?ml|json)$/

/** Names of the scenarios that come with Parley, sorted. */
export async function shippedNames(): Promise<readonly string[]> {
  const files = await readdir(shippedFolder)
  return files
    .filter((file) => ending.test(file))
    .map((file) => file.replace(ending, ''))
    .toSorted()
}

/** Reads a scenario by the name of a shipped one or by a path. Rejects with a usage error that says where and what. */
export async function readScenario(nameOrPath: string): Promise<ScenarioFile> {
  if (ending.test(nameOrPath) || /[/\\]/.test(nameOrPath)) return readScenarioFile(nameOrPath)
  const names = await shippedNames()
  if (!names.includes(nameOrPath)) {
    throw usageError(
      `There is no scenario "${nameOrPath}". Shipped ones: ${names.join(', ')}. A file of yours is given by its path, for example ./${nameOrPath}.yaml.`,
    )
  }
  return readScenarioFile(join(shippedFolder, `${nameOrPath}.yaml`))
}

/** Reads one file; see `readScenario`. The error names the fault that explains most. */
export async function readScenarioFile(path: string): Promise<ScenarioFile> {
  const text = await textOf(path)
  try {
    return { scenario: parseScenario(text, nameOf(path)), path, folder: dirname(resolve(path)) }
  } catch (error) {
    if (error instanceof ScenarioError) throw usageError(`${path}: ${error.message}`)
    throw error
  }
}

/** Everything that is wrong with a file. Rejects with a usage error when it cannot be read. */
export async function faultsOfFile(path: string): Promise<readonly string[]> {
  return scenarioFaults(await textOf(path), nameOf(path)).map(({ message }) => message)
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw usageError(`The scenario ${path} cannot be read: ${messageOf(error)}`)
  }
}

function nameOf(path: string): string {
  return basename(path).replace(ending, '')
}
