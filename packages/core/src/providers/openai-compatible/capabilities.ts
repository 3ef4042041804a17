import type { Capabilities } from '../capabilities.ts'
import { gaServerCapabilities } from '../ga-behaviour.ts'

/** What is known of the server. */
export interface CompatibleServer {
  readonly name: string
  readonly model?: string
  readonly dialect: 'openai-ga' | 'openai-beta'
  /** What whoever set it up says of it. */
  readonly capabilities?: Partial<Capabilities>
}

/** What is told of a server, and what such servers have in common. */
export function compatibleCapabilities(server: CompatibleServer): Capabilities {
  const { name, model, dialect, capabilities: told = {} } = server
  // Checked: the keys of a part of a record of capabilities.
  const fields = Object.keys(told) as (keyof Capabilities)[]
  return gaServerCapabilities({
    title: name,
    description: 'A server that speaks the events of OpenAI Realtime. Its languages are not known.',
    dialect,
    models: model === undefined ? [] : [model],
    ...told,
    evidence: [
      ...(told.evidence ?? []),
      {
        fields: ['dialect', 'models', ...fields],
        source: 'Told by whoever configured the server',
        date: '2026-11-23',
        confidence: 'assumed',
      },
    ],
  })
}
