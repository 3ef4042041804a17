import { isAbsolute, join, resolve } from 'node:path'

/** Environment variables as Node gives them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The folder of the clone this command line belongs to. */
export const repositoryRoot = resolve(import.meta.dirname, '../../..')

/** Variables of this process; the only place that reads them. */
export function readEnvironment(): Environment {
  return process.env
}

/** The value of a variable; an empty one counts as absent. */
export function setting(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value === undefined || value === '' ? undefined : value
}

/** The first key a gateway of this environment lets in. */
export function gatewayKey(environment: Environment): string | undefined {
  return setting(environment, 'PARLEY_KEY')?.split(',')[0]?.trim()
}

/** Folder with the models a person has downloaded, as the gateway finds it. */
export function modelsFolder(environment: Environment): string {
  const dataDir = setting(environment, 'PARLEY_DATA_DIR') ?? join(repositoryRoot, '.parley')
  const folder = setting(environment, 'PARLEY_MODELS_DIR') ?? join(dataDir, 'models')
  return isAbsolute(folder) ? folder : resolve(folder)
}
