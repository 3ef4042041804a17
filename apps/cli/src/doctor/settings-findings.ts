import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as z from 'zod'
import { CommandFailure, messageOf } from '../command-failure.ts'
import { repositoryRoot } from '../environment.ts'
import type { Environment } from '../environment.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'

const { ok, warning, problem } = findingsOf('settings')

const Report = z.object({
  faults: z.array(z.string()),
  warnings: z.array(z.string()),
  secretsSet: z.array(z.string()),
  endpoints: z.array(z.object({ name: z.string(), origin: z.string() })),
  config: z
    .object({
      host: z.string(),
      port: z.number(),
      portIsFixed: z.boolean(),
      dataDir: z.string(),
      modelsDir: z.string(),
      store: z.string(),
      offline: z.boolean(),
    })
    .optional(),
})

/** What the gateway makes of the settings here; it never holds a key. */
export type SettingsReport = z.infer<typeof Report>

/** Asks the gateway's own program, which is the only one that knows the settings. */
export async function readSettings(environment: Environment): Promise<SettingsReport> {
  const main = join(repositoryRoot, 'apps', 'gateway', 'src', 'main.ts')
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [main, '--check'], {
      env: environment,
      timeout: 30_000,
    })
    return Report.parse(JSON.parse(stdout))
  } catch (cause) {
    throw new CommandFailure(`The settings could not be read: ${messageOf(cause)}`, undefined, { cause })
  }
}

/** Faults, guesses at misspelt names, and which keys are set. */
export function settingsFindings({ faults, warnings, secretsSet }: SettingsReport): readonly Finding[] {
  return [
    ...faults.map((fault) =>
      problem('setting', fault, 'The gateway does not start with it: correct the variable, or unset it.'),
    ),
    ...warnings.map((text) => warning('setting', text, 'Correct the name, or unset the variable.')),
    ...(faults.length + warnings.length === 0
      ? [ok('variables', 'all that are set are known and valid')]
      : []),
    ok(
      'keys',
      secretsSet.length === 0 ? 'none set; the local backend needs none' : `set: ${secretsSet.join(', ')}`,
    ),
  ]
}
