// Where countries lie, by their numeric code of ISO 3166, from TopoJSON (Natural Earth,
// public domain, as the npm package world-atlas has it): rings as flat lists of degrees
// east and north, in hundredths. Good to about 2 km; no list of who owns what.
import { ringsOf } from './topology.mjs';

const STEP = 100;

export function borders( topology ) {
	const found = {};
	const project = ( east, north ) => [ east * STEP, north * STEP ];
	for ( const { geometry, rings } of ringsOf( topology, 'countries', project ) ) {
		if ( geometry.id ) {
			const known = found[ geometry.id ] ?? [];
			found[ geometry.id ] = [ ...known, ...rings.map( ( points ) => points.flat() ) ];
		}
	}
	return found;
}
