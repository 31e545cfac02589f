<?php
/**
 * Brings the accounts of `accounts.json` (in the wiki's folder) to the wiki: groups,
 * passwords, age and edit count, bot passwords. Running it again changes nothing.
 */

use MediaWiki\Maintenance\Maintenance;
use MediaWiki\User\BotPassword;
use MediaWiki\User\User;

class SpaceSandboxPrepare extends Maintenance {
	public function __construct() {
		parent::__construct();
		$this->addDescription( 'Create the accounts of the sandbox' );
	}

	public function execute(): void {
		$file = getenv( 'SPACE_SANDBOX_WIKI' ) . '/accounts.json';
		foreach ( json_decode( file_get_contents( $file ), true ) as $account ) {
			$this->account( $account );
		}
	}

	private function account( array $account ): void {
		$services = $this->getServiceContainer();
		$user = $services->getUserFactory()->newFromName( $account['name'] );
		if ( !$user->isRegistered() ) {
			$user->addToDatabase();
		}
		$user->changeAuthenticationData( [
			'username' => $user->getName(),
			'password' => $account['password'],
			'retype' => $account['password'],
		] );
		foreach ( $account['groups'] as $group ) {
			$services->getUserGroupManager()->addUserToGroup( $user, $group );
		}
		$database = $this->getPrimaryDB();
		$database->newUpdateQueryBuilder()
			->update( 'user' )
			->set( [
				'user_registration' =>
					$database->timestamp( time() - 86400 * $account['days'] ),
				'user_editcount' => max( $account['edits'], $user->getEditCount() ),
			] )
			->where( [ 'user_id' => $user->getId() ] )
			->caller( __METHOD__ )
			->execute();
		$user->invalidateCache();
		if ( $account['bot_password'] ) {
			$this->botPassword( $user, $account['bot_password'] );
		}
	}

	private function botPassword( User $user, array $wanted ): void {
		$password = BotPassword::newUnsaved( [
			'user' => $user,
			'appId' => $wanted['app'],
			'grants' => $wanted['grants'],
		] );
		$known = BotPassword::newFromUser( $user, $wanted['app'] );
		$status = $password->save(
			$known ? 'update' : 'insert',
			$this->getServiceContainer()->getPasswordFactory()
				->newFromPlaintext( $wanted['password'] )
		);
		if ( !$status->isGood() ) {
			$this->fatalError( $status );
		}
	}
}

return SpaceSandboxPrepare::class;
