import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Environment } from '../setting-kinds.ts'

const folder = resolve(import.meta.dirname, '../../../../deploy')

/** Text of a file of the deployment. */
export function deploymentFile(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** Settings of the image, which every deployment adds its own to. */
export function imageSettings(): Environment {
  const text = deploymentFile('Dockerfile').split('AS gateway\n')[1] ?? ''
  return Object.fromEntries([...text.matchAll(/(PARLEY_\w+)=(\S+)/g)].map(([, name, value]) => [name, value]))
}

const Compose = z.looseObject({
  services: z.record(
    z.string(),
    z.looseObject({
      environment: z.record(z.string(), z.string()).optional(),
      depends_on: z.unknown().optional(),
      volumes: z.array(z.string()).optional(),
      ports: z.array(z.string()).optional(),
      stop_grace_period: z.string().optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
})

/** The Compose file, with what its services share merged into each. */
export const compose = Compose.parse(parse(deploymentFile('compose.yaml'), { merge: true }))

/** Variables of a service with what `.env.example` sets, and a value for each that has to be filled in. */
export function composeSettings(service: string): Environment {
  const example = Object.fromEntries(
    [...deploymentFile('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [
      name,
      value || 'filled-in-with-random-letters',
    ]),
  )
  const entries = Object.entries(compose.services[service]?.environment ?? {}).map(([name, value]) => [
    name,
    value.replaceAll(/\$\{(\w+)(?::[?-][^}]*)?\}/g, (_, variable: string) => {
      const known = example[variable]
      if (known === undefined) throw new Error(`${variable} is not in .env.example.`)
      return known
    }),
  ])
  return Object.fromEntries(entries)
}
