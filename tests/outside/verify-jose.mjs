// A token, checked with nothing but a library for JWT: key by its id, claims, dates, and both lists.
import {gunzipSync} from 'node:zlib';
import {importJWK, jwtVerify} from 'jose';
import {didAddress, judgeAll} from './offline.mjs';

await judgeAll(async (token, {load, issuer}) => {
  const credential = await verified(token, {load, issuer});
  for(const entry of credential.credentialStatus) {
    const address = `${entry.statusListCredential}.jwt`;
    const list = await verified(load.text(address), {load, issuer});
    if(list.id !== entry.statusListCredential || list.credentialSubject.statusPurpose !== entry.statusPurpose) {
      return 'refused: another list';
    }
    const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
    const index = Number(entry.statusListIndex);
    if(bits[index >> 3] & (128 >> (index & 7))) {
      return `refused: ${entry.statusPurpose}`;
    }
  }
  return 'accepted';
});

async function verified(token, {load, issuer}) {
  const keys = load(didAddress(issuer)).verificationMethod;
  const find = async ({kid}) => {
    const method = keys.find(one => one.id === kid);
    if(!method) {
      throw new Error(`the issuer has no key ${kid}`);
    }
    return importJWK(method.publicKeyJwk, 'EdDSA');
  };
  const {payload} = await jwtVerify(token, find, {issuer, algorithms: ['EdDSA'], typ: 'JWT'});
  if(payload.jti !== payload.id || payload.issuer?.id !== issuer && payload.issuer !== issuer) {
    throw new Error('the claims contradict the credential');
  }
  return payload;
}
