/** What each key of a scenario file is; a test holds the keys against the schema. */
export const scenarioKeys: Readonly<Record<string, string>> = {
  name: 'Kebab-case; that of the file without its ending, where it is left out.',
  title: 'A few words for people.',
  description: 'What it is about.',
  language:
    'BCP 47 tag of the person’s language, en without it: chooses the voice and how words are counted.',
  session: 'Fields of the GA session object, sent to every lane.',
  tools:
    'Tools the backend may call: name, description, parameters (JSON Schema) and the result it is given.',
  steps: 'What happens, one after the other.',
}

/** One kind of step. */
export interface ScenarioStepFacts {
  readonly name: string
  readonly meaning: string
}

const spoken = 'voice, file and noise say who speaks, from which sound file, and what is laid under it.'

/** Kinds of steps, in the order of the schema. */
export const scenarioSteps: readonly ScenarioStepFacts[] = [
  {
    name: 'say',
    meaning: `The person says it. [pause 2s] in the text is two seconds of silence inside one utterance. ${spoken}`,
  },
  { name: 'type', meaning: 'Sends a typed message and asks for an answer.' },
  {
    name: 'wait',
    meaning: 'answer: until the answer was heard to its end. first_sound: until it begins. Or a time.',
  },
  {
    name: 'interrupt',
    meaning: `Speaks when after of the answer has been heard (1 s without it), and wants the floor. ${spoken}`,
  },
  {
    name: 'backchannel',
    meaning: `Speaks as interrupt does, a “mhm” that does not want the floor: a good backend goes on. ${spoken}`,
  },
  { name: 'silence', meaning: 'Sends silence for a time.' },
  {
    name: 'expect',
    meaning:
      'Within a time from the end of the last speech or text (within, 10 s): words in the answer and heard in the transcript, each a regular expression without regard to case; a tool that is called and its arguments; or no_answer.',
  },
]
