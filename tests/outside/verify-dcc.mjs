// The verifier of the Digital Credentials Consortium. It asks a registry who is an issuer that we know.
import {judgeAll} from './offline.mjs';

const REGISTRY = 'https://registry.example/issuers.json';

const {verifyCredential} = await import('@digitalcredentials/verifier-core');

await judgeAll(async text => {
  const registries = [{name: 'Known here', type: 'dcc-legacy', url: REGISTRY}];
  const answer = await verifyCredential({credential: JSON.parse(text), knownDIDRegistries: registries});
  if(answer.errors) {
    return `refused: ${answer.errors.map(one => one.message).join(' / ')}`;
  }
  // A step without `valid` could not be made: its list was not to be had, or is not genuine.
  const failed = answer.log.filter(step => !step.valid);
  return failed.length ? `refused: ${failed.map(step => step.id).join(' / ')}` : 'accepted';
});
