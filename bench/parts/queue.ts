import { startSqs, type EmbeddedSqs } from '../../src/embedded/sqs.ts';
import { answerCalls } from './channel.ts';

/** The SQS-compatible server that the service embeds, here in a process of its own. */

let server: EmbeddedSqs | null = null;

answerCalls(
  {
    /** Starts it; answers its endpoint. */
    async open() {
      server = await startSqs();
      return server.endpoint;
    },
  },
  async () => server?.stop(),
);
