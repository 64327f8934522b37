// What every client test does, with node-redis. Usage: program.js PORT
const { createClient, commandOptions, WatchError } = require('redis');

const url = `redis://127.0.0.1:${process.argv[2]}`;

function check(step, got, want) {
    const [gotText, wantText] = [JSON.stringify(got), JSON.stringify(want)];
    if (gotText !== wantText) throw new Error(`${step}: got ${gotText}, want ${wantText}`);
    console.log(step, 'ok');
}

async function connect() {
    const client = createClient({ url });
    client.on('error', () => {});
    await client.connect();
    return client;
}

async function double(client, other) {
    for (let attempt = 1; ; attempt++) {
        try {
            const replies = await client.executeIsolated(async isolated => {
                await isolated.watch('counter');
                const seen = Number(await isolated.get('counter'));
                if (attempt === 1) await other.incr('counter');
                return isolated.multi().set('counter', seen * 2).get('counter').exec();
            });
            return [attempt, replies];
        } catch (error) {
            if (!(error instanceof WatchError)) throw error;
        }
    }
}

async function main() {
    const [client, other] = [await connect(), await connect()];
    check('connect', await client.ping(), 'PONG');

    const key = Buffer.from([107, 101, 121, 0, 255, 13, 10]);
    const value = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await client.set(key, value);
    const read = await client.get(commandOptions({ returnBuffers: true }), key);
    check('binary', read.toString('hex'), value.toString('hex'));

    const pushes = Array.from({ length: 100 }, (_, number) => client.rPush('list', String(number)));
    const lengths = await Promise.all(pushes);
    check('pipeline', [lengths.length, lengths[99], await client.lRange('list', -2, -1)], [100, 100, ['98', '99']]);

    await client.set('counter', 5);
    check('transaction', await double(client, other), [2, ['OK', '12']]);

    const wrongType = await client.lPush('counter', '1').catch(error => error.message);
    check('error', wrongType, 'WRONGTYPE Operation against a key holding the wrong kind of value');

    const message = body => body.then(() => 'no error', error => error.message);
    await other.sendCommand(['MULTI']);
    await other.sendCommand(['SET', 'held', '1']);
    const locked = "LOCKED key 'held' is held by a transaction in progress";
    const found = [await message(client.get('held')), await message(client.multi().get('held').exec())];
    found.push(await client.get('counter'));
    await other.sendCommand(['DISCARD']);
    check('locked', found, [locked, locked, '12']);

    const refusal = (await message(client.keys('*'))).split(',')[0];
    check('refused', [refusal, await client.get('counter')], ["ERR unknown command 'KEYS'", '12']);

    // Inside WATCH a command opens the closed connection again: the transaction runs, and nothing is watched any more.
    const watcher = await connect();
    await client.set('watched', 1);
    await watcher.watch('watched');
    await client.set('watched', 2);
    await new Promise(resolve => setTimeout(resolve, 5000));
    check('reconnect', await client.get('counter'), '12');
    const replies = await watcher.multi().set('watched', 3).exec();
    check('watched', [replies, await client.get('watched')], [['OK'], '3']);
    process.exit(0);
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
