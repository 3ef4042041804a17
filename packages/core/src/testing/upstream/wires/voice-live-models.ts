import type { ModelKind, ModelTraits } from '../wire.ts'

const datazones = ['gpt-realtime-2.1', 'gpt-realtime-1.5', 'gpt-realtime']

/** Managed models of all tiers. */
export const managedModels: readonly string[] = [
  ...datazones,
  ...datazones.map((name) => `${name}-datazone`),
  'gpt-realtime-2.1-mini',
  'gpt-realtime-mini',
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-4.1-nano',
  'gpt-5',
  'gpt-5-chat',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-5.1',
  'gpt-5.2',
  'gpt-5.4',
  'gpt-5.6-terra',
  'gpt-5.6-luna',
  'azure-realtime',
  'phi4-mm-realtime',
]

/** The profiles for a model of one's own. */
export const profiles: Readonly<Record<string, ModelKind>> = {
  'byom-azure-openai-realtime': 'openai-native',
  'byom-azure-openai-chat-completion': 'cascaded',
  'byom-foundry-anthropic-messages': 'cascaded',
}

/** An agent is always a cascade with tools of its own. */
export const agentTraits: ModelTraits = { kind: 'cascaded', agent: true, reasons: false, mcp: false }

/** What is known of a model, or of a deployment by the name it begins with. */
export function traitsOf(model: string, kind: ModelKind = kindOf(model)): ModelTraits {
  return {
    kind,
    agent: false,
    reasons: /^(gpt-realtime-2(?![0-9])|gpt-5(?!-chat))/.test(model),
    mcp: !model.startsWith('phi'),
  }
}

function kindOf(model: string): ModelKind {
  if (model.startsWith('gpt-realtime')) return 'openai-native'
  return model === 'azure-realtime' || model === 'phi4-mm-realtime' ? 'native' : 'cascaded'
}
