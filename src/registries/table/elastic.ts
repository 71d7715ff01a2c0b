/**
 * Elastic's public registry. It gives anybody a token (token server docker-auth.elastic.co); what its errors mean
 * beyond the protocol is not known.
 */
import { ANY_USER, type Registry } from '../registry.ts';

export const elastic: Registry = {
  id: 'elastic',
  name: "Elastic's registry",
  hosts: [
    { host: 'docker.elastic.co' },
    {
      host: 'docker-auth.elastic.co',
      standing: 'other',
      instead: 'docker.elastic.co',
      note: 'the token server of docker.elastic.co, which nodes must reach too',
    },
    {
      host: 'www.docker.elastic.co',
      standing: 'other',
      instead: 'docker.elastic.co',
      note: 'the web page that lists the images of docker.elastic.co',
    },
  ],
  habits: [],
  users: ANY_USER,
  credentials: [],
  nodeCredentials: null,
  key: '{host}',
  secret: null,
  renew: 'Images are public and need no credentials.',
  answers: [],
  existence: {
    hidden: 'not known',
    text: "Elastic's registry does not say here whether it is missing or private; the released images are public",
    who: 'an account of Elastic',
  },
  limits: [],
  docs: 'https://www.docker.elastic.co/',
};
