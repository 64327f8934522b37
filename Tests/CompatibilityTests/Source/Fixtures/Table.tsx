import * as React from 'react';
import Redis from 'ioredis';

const redis = new Redis();

export async function Page({ id }: { id: string }) {
  const names: string[] = await redis.keys(`page:${id}:*`); // sends KEYS
  return (
    <ul title="redis.flushdb()">
      {names.map((name) => <li key={name} title="redis.flushall()">redis.flushall() isn't called</li>)}
      {Object.keys({ id }).map((key) => <b key={key}>{key}</b>)}
    </ul>
  );
}

export const Button = <T,>(props: { value: T }) => (
  <button disabled={false}>{String(props.value)}</button>
);

export const size = <T,>(given: T) => redis.dbsize(); // sends DBSIZE

export async function getServerSideProps() {
  await redis.randomkey(); // sends RANDOMKEY
  return { props: {} };
}
