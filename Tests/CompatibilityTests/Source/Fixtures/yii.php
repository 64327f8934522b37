<?php
namespace app\controllers;

use Yii;

class SiteController
{
    public function actionNames()
    {
        $redis = Yii::$app->redis;
        $redis->flushdb();
        \Yii::$app->redis->scan(0);
        Yii::$app->redis->executeCommand('KEYS', ['*']);
        Yii::$app->cache->keys('*');
        Yii::$app->redis->close();
        return Yii::$app->redis->keys('*');
    }
}
