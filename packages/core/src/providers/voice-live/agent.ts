import type { Provider } from '../provider.ts'
import { voiceLiveCapabilities } from './capabilities.ts'
import { voiceLiveProvider, type VoiceLiveConnection } from './connection.ts'

/** An agent in Foundry. */
export interface FoundryAgent {
  readonly name: string
  readonly project: string
  readonly version?: string
  /** Goes on with an earlier conversation of the agent. */
  readonly conversationId?: string
  /** Client id of the identity that the agent signs in with. */
  readonly identityClientId?: string
}

/** An agent of the older, classic service. */
export interface ClassicAgent {
  readonly classic: {
    readonly id: string
    readonly project: string
    /** Sent in the query, for the wire knows no other place; expires, so better asked for when needed. */
    readonly accessToken: string | ((signal: AbortSignal) => Promise<string>)
  }
}

/** Access to Voice Live with an agent. */
export interface VoiceLiveAgentOptions extends VoiceLiveConnection {
  readonly agent: FoundryAgent | ClassicAgent
  /** Name, without the domain, of another Foundry resource that holds the agent. */
  readonly foundryResource?: string
}

/** Azure Voice Live with a Foundry agent, which brings instructions, tools and model along. */
export function voiceLiveAgent(options: VoiceLiveAgentOptions): Provider {
  const { agent, foundryResource } = options
  const title = 'classic' in agent ? agent.classic.id : agent.name
  return voiceLiveProvider(options, {
    name: 'voice-live-agent',
    query: async ({ signal }) => ({
      ...(await agentQuery(agent, signal)),
      'foundry-resource-override': foundryResource,
    }),
    capabilitiesFor: (_model, apiVersion) =>
      voiceLiveCapabilities({
        title: 'Azure Voice Live agent',
        description: `The Foundry agent ${title}, which has its own instructions, tools and model, with Azure's voices.`,
        models: [],
        pipeline: { kind: 'cascaded', reasons: false, contextWindowTokens: undefined },
        // Priced as the model behind the agent, which is not known here.
        price: { kind: 'unknown' },
        agent: true,
        apiVersion,
      }),
  })
}

async function agentQuery(
  agent: FoundryAgent | ClassicAgent,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string | undefined>>> {
  if (!('classic' in agent)) {
    return {
      'agent-name': agent.name,
      'agent-project-name': agent.project,
      'agent-version': agent.version,
      'conversation-id': agent.conversationId,
      'agent-authentication-identity-client-id': agent.identityClientId,
    }
  }
  const { id, project, accessToken } = agent.classic
  return {
    'agent-id': id,
    'agent-project-name': project,
    'agent-access-token': typeof accessToken === 'string' ? accessToken : await accessToken(signal),
  }
}
