import type { OpenStore } from '../store-laws/scene.ts'
import { spoiled } from './spoiled-store.ts'

/** A wrong store for each law of facts. */
export const factMutants: Readonly<Record<string, OpenStore>> = {
  'gives back the facts of a person in the order they first came, and every character': spoiled((store) => ({
    facts: {
      ...store.facts,
      put: async (person, fact) => {
        await store.facts.delete(person, fact.id)
        return store.facts.put(person, fact)
      },
    },
  })),

  'takes the time of a fact that was learned elsewhere': spoiled((store) => ({
    facts: {
      ...store.facts,
      put: async (person, { id, text, conversationId }) =>
        store.facts.put(person, { id, text, conversationId }),
    },
  })),

  'names the people of whom something is known, page by page': spoiled((store) => ({
    facts: { ...store.facts, people: async ({ limit }) => store.facts.people({ limit }) },
  })),

  'keeps the facts of people apart': spoiled((store) => ({
    facts: {
      ...store.facts,
      put: async (person, fact) => store.facts.put(person.toLowerCase(), fact),
    },
  })),

  'forgets one fact, or all of a person': spoiled((store) => ({
    facts: {
      ...store.facts,
      delete: async (person, factId) => (await store.facts.delete(person, factId)) || true,
    },
  })),

  'keeps a fact when the conversation it was learned in is deleted': spoiled((store) => ({
    delete: async (id) => {
      await store.facts.deleteAll('ada')
      return store.delete(id)
    },
  })),

  'refuses a person or a fact it could not keep apart from others': spoiled((store) => ({
    facts: { ...store.facts, list: async (person) => store.facts.list(person.slice(0, 256)) },
  })),
}
