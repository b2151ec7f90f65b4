/** An SQS-compatible server at the port of its argument, until it is killed or its parent ends. */
import { startSqs } from '../../../src/embedded/sqs.ts';

const { endpoint } = await startSqs(Number(process.argv[2]));
process.stdout.write(`${endpoint}\n`);
process.stdin.resume().on('end', () => process.exit());
