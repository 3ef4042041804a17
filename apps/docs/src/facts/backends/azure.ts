import { judged, notMeasured, type BackendFacts } from '../backend-facts.ts'

const voiceLiveLatency = notMeasured({
  en: 'Third parties report about 300 ms for a round trip',
  de: 'Dritte berichten von etwa 300 ms für Hin- und Rückweg',
  source: 'A public note of 2026-05 on pricing and latency of Voice Live',
  confidence: 'third-party',
})

/** Backends in Azure. */
export const azureBackends: Readonly<Record<string, BackendFacts>> = {
  'azure-openai': {
    place: 'azure',
    ownModel: 'no',
    memoryInside: false,
    setUpSteps: 2,
    intelligence: judged(
      'OpenAI’s speech-to-speech models as a deployment of yours',
      'Die Modelle von OpenAI von Sprache zu Sprache als Ihre Bereitstellung',
    ),
    latency: notMeasured({
      en: 'Microsoft gives 100 to 300 ms for the transport over a WebSocket',
      de: 'Microsoft nennt 100 bis 300 ms für den Transport über einen WebSocket',
      source: 'https://learn.microsoft.com/azure/foundry/openai/how-to/realtime-audio',
      confidence: 'documented',
    }),
    useCases: judged(
      'OpenAI’s models under an Azure contract, in a region of your choice, without keys',
      'Die Modelle von OpenAI unter einem Azure-Vertrag, in der Region Ihrer Wahl, ohne Schlüssel',
    ),
    about: {
      en: 'A realtime model of OpenAI deployed in your Azure resource. Sign-in is by Entra ID or by key.',
      de: 'Ein Realtime-Modell von OpenAI als Bereitstellung in Ihrer Azure-Ressource. Die Anmeldung läuft über Entra ID oder einen Schlüssel.',
    },
    commands: `# Entra ID: whoever is signed in with az login
PARLEY_AZURE_OPENAI_ENDPOINT=https://your-resource.openai.azure.com \\
PARLEY_AZURE_OPENAI_DEPLOYMENT=gpt-realtime-2.1 \\
npm start

# or a key
PARLEY_AZURE_OPENAI_ENDPOINT=https://your-resource.openai.azure.com PARLEY_AZURE_OPENAI_KEY=... npm start`,
    differs: [
      {
        en: 'A model is named by its deployment.',
        de: 'Ein Modell heißt wie seine Bereitstellung.',
      },
      {
        en: 'Writing down what you say needs a deployment of its own, or Parley does it.',
        de: 'Die Mitschrift braucht eine eigene Bereitstellung, oder Parley übernimmt sie.',
      },
      {
        en: 'The preview wire is spoken too, when PARLEY_AZURE_OPENAI_API_VERSION names it.',
        de: 'Auch die Vorschau-Leitung wird gesprochen, wenn PARLEY_AZURE_OPENAI_API_VERSION sie nennt.',
      },
    ],
    limits: [
      {
        en: 'Its sessions end after 60 minutes. Parley opens the next one before that, between two turns, and tells it what was said, as text.',
        de: 'Seine Sitzungen enden nach 60 Minuten. Parley öffnet vorher, zwischen zwei Beiträgen, die nächste und teilt ihr als Text mit, was gesagt wurde.',
      },
      {
        en: 'The price depends on contract and region, so Parley does not guess.',
        de: 'Der Preis hängt von Vertrag und Region ab, deshalb rät Parley nicht.',
      },
    ],
  },
  'voice-live': {
    place: 'azure',
    ownModel: 'no',
    memoryInside: false,
    setUpSteps: 2,
    intelligence: judged(
      'A choice of models that Azure runs, from speech-to-speech to small text models',
      'Eine Auswahl von Modellen, die Azure betreibt, von Sprache zu Sprache bis zu kleinen Textmodellen',
    ),
    latency: voiceLiveLatency,
    useCases: judged(
      'Many voices and languages, noisy places, avatars, call centres',
      'Viele Stimmen und Sprachen, laute Orte, Avatare, Callcenter',
    ),
    about: {
      en: 'Azure’s voice service with managed models: its own recognition, turn detection, noise suppression and some 600 voices around a model that Azure runs.',
      de: 'Der Sprachdienst von Azure mit verwalteten Modellen: eigene Erkennung, Beitragserkennung, Rauschunterdrückung und rund 600 Stimmen um ein Modell, das Azure betreibt.',
    },
    commands: `PARLEY_VOICE_LIVE_ENDPOINT=https://your-resource.services.ai.azure.com \\
PARLEY_VOICE_LIVE_MODEL=gpt-realtime-2.1 \\
npm start`,
    differs: [
      {
        en: 'Voices with styles, noise suppression and echo cancellation in the service, animation data, avatars.',
        de: 'Stimmen mit Stilen, Rauschunterdrückung und Echounterdrückung im Dienst, Animationsdaten, Avatare.',
      },
      {
        en: 'What only Voice Live can say reaches it from any client, as an extension.',
        de: 'Was nur Voice Live sagen kann, erreicht es von jedem Client, als Erweiterung.',
      },
      {
        en: 'The price depends on what speaks: native sound of the model, or Azure’s speech.',
        de: 'Der Preis hängt davon ab, was spricht: das Modell selbst oder die Sprachausgabe von Azure.',
      },
    ],
    limits: [
      {
        en: 'Its sessions end after 60 minutes. Parley opens the next one before that, between two turns, and tells it what was said, as text.',
        de: 'Seine Sitzungen enden nach 60 Minuten. Parley öffnet vorher, zwischen zwei Beiträgen, die nächste und teilt ihr als Text mit, was gesagt wurde.',
      },
      {
        en: 'The video of an avatar is WebRTC between client and service, which no gateway carries.',
        de: 'Das Bild eines Avatars läuft per WebRTC zwischen Client und Dienst, kein Gateway trägt es.',
      },
      {
        en: 'The prices come from a third party; check them before you rely on them.',
        de: 'Die Preise stammen von Dritten; prüfen Sie sie, bevor Sie sich darauf verlassen.',
      },
    ],
  },
  'voice-live-agent': {
    place: 'azure',
    ownModel: 'needed',
    memoryInside: true,
    setUpSteps: 3,
    intelligence: judged(
      'That of the Foundry agent: its model, instructions and tools',
      'Die des Agenten in Foundry: sein Modell, seine Anweisungen, seine Werkzeuge',
    ),
    latency: voiceLiveLatency,
    useCases: judged(
      'An agent that exists already gets a voice',
      'Ein Agent, den es schon gibt, bekommt eine Stimme',
    ),
    about: {
      en: 'Voice Live in front of an agent of Foundry. The agent keeps its instructions, tools and conversations; Voice Live hears and speaks for it.',
      de: 'Voice Live vor einem Agenten aus Foundry. Der Agent behält Anweisungen, Werkzeuge und Gespräche; Voice Live hört und spricht für ihn.',
    },
    commands: `PARLEY_VOICE_LIVE_ENDPOINT=https://your-resource.services.ai.azure.com \\
PARLEY_VOICE_LIVE_AGENT=guide PARLEY_VOICE_LIVE_AGENT_PROJECT=your-project \\
npm start`,
    differs: [
      {
        en: 'Instructions and tools are the agent’s: a client that sends its own is told that they do not count.',
        de: 'Anweisungen und Werkzeuge sind die des Agenten: ein Client, der eigene sendet, erfährt, dass sie nicht gelten.',
      },
      {
        en: 'Microsoft’s instructions sign in to an agent with Entra ID; whether a key is enough was not tried.',
        de: 'Die Anleitungen von Microsoft melden sich beim Agenten mit Entra ID an; ob ein Schlüssel reicht, wurde nicht versucht.',
      },
      {
        en: 'PARLEY_VOICE_LIVE_AGENT_CONVERSATION goes on with a conversation that Foundry keeps.',
        de: 'PARLEY_VOICE_LIVE_AGENT_CONVERSATION setzt ein Gespräch fort, das Foundry aufbewahrt.',
      },
    ],
    limits: [
      {
        en: 'Translation and other presets that work by instructions have no effect.',
        de: 'Übersetzen und andere Vorlagen, die mit Anweisungen arbeiten, wirken nicht.',
      },
      {
        en: 'Functions of the client are not called: the agent has its own.',
        de: 'Funktionen des Clients werden nicht gerufen: der Agent hat seine eigenen.',
      },
    ],
  },
  'voice-live-byom': {
    place: 'azure',
    ownModel: 'needed',
    memoryInside: false,
    setUpSteps: 3,
    intelligence: judged('That of your deployment', 'Die Ihrer Bereitstellung'),
    latency: voiceLiveLatency,
    useCases: judged(
      'A model deployed or fine-tuned in Foundry with Azure’s voices',
      'Ein in Foundry bereitgestelltes oder angepasstes Modell mit den Stimmen von Azure',
    ),
    about: {
      en: 'Voice Live with a model that you deployed in Foundry (bring your own model): a realtime model, a chat model, or one of Anthropic.',
      de: 'Voice Live mit einem Modell, das Sie in Foundry bereitgestellt haben (bring your own model): ein Realtime-Modell, ein Chat-Modell oder eines von Anthropic.',
    },
    commands: `PARLEY_VOICE_LIVE_ENDPOINT=https://your-resource.services.ai.azure.com \\
PARLEY_VOICE_LIVE_BYOM_PROFILE=byom-azure-openai-realtime \\
PARLEY_VOICE_LIVE_BYOM_DEPLOYMENT=gpt-realtime-2.1 \\
npm start`,
    differs: [
      {
        en: 'Only the speech is paid to Voice Live; the model is paid to whoever runs its deployment.',
        de: 'An Voice Live wird nur die Sprache bezahlt; das Modell bei dem, der es bereitstellt.',
      },
      {
        en: 'The profile says what kind of model it is, and with it which wire Azure speaks to it.',
        de: 'Das Profil sagt, welche Art Modell es ist, und damit, wie Azure mit ihm spricht.',
      },
    ],
    limits: [
      {
        en: 'The capabilities on this page are those of a realtime model; a chat model has fewer.',
        de: 'Die Fähigkeiten auf dieser Seite sind die eines Realtime-Modells; ein Chat-Modell hat weniger.',
      },
      {
        en: 'The cost of the model itself is not known to Parley.',
        de: 'Was das Modell selbst kostet, weiß Parley nicht.',
      },
    ],
  },
}
